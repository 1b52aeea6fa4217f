import { expect, test } from 'vitest';
import { explainedFailure } from './known-failures.ts';

test.each([
  ['initdb: error while loading shared libraries: libicuuc.so.60: cannot open', 'package manager'],
  ['initdb: error: could not look up effective user ID 1234: user does not exist', '/etc/passwd'],
  ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk space'],
  ['FATAL:  database files are incompatible with server', 'major version'],
  ['spawn /x/bin/postgres EACCES', 'may write to'],
  ['spawn setuid EPERM', 'ordinary user'],
  ['something new', 'lines below'],
])('%s: says what to do, what was said, and the other way', (output, remedy) => {
  const { code, message } = explainedFailure('PostgreSQL did not start', output);
  expect(code).toBe('StartFailed');
  for (const part of [remedy, output, '--database-url']) expect(message).toContain(part);
});
