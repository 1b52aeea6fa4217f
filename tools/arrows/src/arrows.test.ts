import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkExemptions, checkImports, checkLayout, exemptions, forbiddenImports, readTree } from './index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tree = readTree(root);
const rules = { arrows: forbiddenImports, exemptions };

describe('this repository', () => {
  test('is read whole: every kind of workspace, and imports in them', () => {
    const folders = tree.workspaces.map(({ folder }) => folder);
    expect(folders).toEqual(
      expect.arrayContaining(['packages/kernel', 'packages/providers/hybrid-compute', 'apps/control-plane']),
    );
    expect(tree.files.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
  });

  test('imports nothing that must never be imported', () => {
    expect(checkImports(tree, rules)).toEqual([]);
  });

  test('needs every exemption there is', () => {
    expect(checkExemptions(tree, rules)).toEqual([]);
  });

  test('keeps to its names, entries, sizes and compiler settings', () => {
    expect(checkLayout(tree)).toEqual([]);
  });

  test('gives pure packages no platform at all', () => {
    const read = (name: string) => JSON.parse(readFileSync(`${root}/${name}`, 'utf8'));
    expect(read('tsconfig.pure.json')).toEqual({ extends: './tsconfig.base.json' });
    expect(read('tsconfig.base.json').compilerOptions).toMatchObject({ lib: ['esnext'], types: [] });
  });
});
