import { expect, test } from 'vitest';
import { importsOf } from './index.ts';

test.each([
  ["import { a } from 'x';", [['x', false]]],
  ["import type { A } from 'x';", [['x', true]]],
  ["import { type A, type B } from 'x';", [['x', true]]],
  ["import {\n  type A,\n  b,\n} from 'x';", [['x', false]]],
  ["import {\n  type A,\n  type B,\n} from '@holdfast/arm';", [['@holdfast/arm', true]]],
  ["import a, { type B } from 'x';", [['x', false]]],
  ["import type a from 'x';", [['x', true]]],
  ["import * as a from 'node:fs';", [['node:fs', false]]],
  ["import 'reflect-metadata';", [['reflect-metadata', false]]],
  ["export { a } from './a.ts';", [['./a.ts', false]]],
  ["export type { A } from './a.ts';", [['./a.ts', true]]],
  ["export * from './a.ts';", [['./a.ts', false]]],
  ["const a = await import('./a.ts');", [['./a.ts', false]]],
  ["const a = createRequire(here)('x'), b = require('y');", [['y', false]]],
  ["// import { a } from 'x';\n/** import('x') */\nexport const from = 'x';", []],
  ["export const text = 'a';\nimport { b } from 'y';", [['y', false]]],
])('%j', (text, expected) => {
  expect(importsOf(text).map(({ specifier, typesOnly }) => [specifier, typesOnly])).toEqual(expected);
});
