import { expect, test } from 'vitest';
import { findUnprivilegedAccount } from './account.ts';

const passwd = (...names: string[]) =>
  names.map((name, index) => `${name}:x:${index + 1}:${index + 11}::/:/bin/false`).join('\n');

test.each([
  ['its own account first', passwd('nobody', 'postgres', 'holdfast'), { uid: 3, gid: 13 }],
  ["then PostgreSQL's", passwd('nobody', 'postgres'), { uid: 2, gid: 12 }],
  ['then nobody', passwd('games', 'nobody'), { uid: 2, gid: 12 }],
  ['never a root by another name', 'holdfast:x:0:0::/:/bin/false\nnobody:x:9:9::/:/bin/false', { uid: 9, gid: 9 }],
  ['or none', passwd('games'), undefined],
])('root runs the server as %s', (_, text, expected) => {
  expect(findUnprivilegedAccount(text)).toEqual(expected);
});
