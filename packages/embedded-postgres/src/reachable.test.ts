import { expect, test } from 'vitest';
import { execute, grants, read } from './reachable.ts';

const account = { uid: 10, gid: 20 };
const owned = { uid: 10, gid: 20 };
const grouped = { uid: 0, gid: 20 };
const foreign = { uid: 0, gid: 0 };

test.each([
  [owned, 0o700, read | execute, true],
  [owned, 0o077, execute, false],
  [grouped, 0o750, read | execute, true],
  [grouped, 0o710, read, false],
  [grouped, 0o707, execute, false],
  [foreign, 0o755, read | execute, true],
  [foreign, 0o751, execute, true],
  [foreign, 0o770, execute, false],
  [foreign, 0o744, execute, false],
])('only the first class that matches counts: %o with mode %i, asked for %i', (owner, mode, wanted, expected) => {
  expect(grants({ ...owner, mode }, account, wanted)).toBe(expected);
});
