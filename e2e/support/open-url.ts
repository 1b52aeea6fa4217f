import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

/** Stands where programs look for the person's browser, and tells which address they would have opened. */
export const catchOpenedUrl = (folder: string): (() => Promise<string>) => {
  const program = join(folder, 'browser');
  const file = join(folder, 'opened-url');
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" >${file}.new && mv ${file}.new ${file}\n`);
  chmodSync(program, 0o700);
  // xdg-open takes it from here.
  process.env['BROWSER'] = program;
  return () => eventually('a program opens the browser', () => readFileSync(file, 'utf8'));
};
