import { describe, expect, test } from 'vitest';
import { checkLayout, type SourceFile, type Tree, type Workspace } from './index.ts';

const kernel: Workspace = {
  folder: 'packages/kernel',
  name: '@holdfast/kernel',
  dependencies: [],
  tsconfig: { extends: '../../tsconfig.pure.json', compilerOptions: { rootDir: 'src' } },
};
const source = (file: string, more: Partial<SourceFile> = {}): SourceFile => ({
  file,
  imports: [],
  lines: 80,
  firstLine: '',
  ...more,
});
const entry = source('packages/kernel/src/index.ts', { firstLine: '// kernel: the words every other package speaks.' });
const sound: Tree = { workspaces: [kernel], files: [entry] };
const withFile = (...files: SourceFile[]): Tree => ({ ...sound, files: [entry, ...files] });
const withKernel = (changes: Partial<Workspace>): Tree => ({ ...sound, workspaces: [{ ...kernel, ...changes }] });

test('a sound tree has no fault', () => {
  const files = [
    source('packages/kernel/src/a.ts', { lines: 300 }),
    source('packages/kernel/src/a.test.ts', { lines: 500 }),
  ];
  expect(checkLayout(withFile(...files))).toEqual([]);
});

describe('a fault is found and named', () => {
  test.each<[string, Tree, RegExp]>([
    ['a folder that refuses nothing', withFile(source('packages/kernel/src/utils/a.ts')), /nothing is named 'utils'/],
    ['a deep one', withFile(source('packages/kernel/src/x/shared/a.ts')), /nothing is named 'shared'/],
    [
      'a package of that name',
      withKernel({ name: '@holdfast/common' }),
      /@holdfast\/common\/: nothing is named 'common'/,
    ],
    ['its folder', withKernel({ folder: 'packages/helpers' }), /nothing is named 'helpers'/],
    ['a long file', withFile(source('packages/kernel/src/a.ts', { lines: 301 })), /has 301 lines.*at most 300/],
    ['a long test', withFile(source('packages/kernel/src/a.test.ts', { lines: 501 })), /has 501 lines.*at most 500/],
    ['a second entry', withFile(source('packages/kernel/src/x/index.ts')), /a package has one entry/],
    ['no entry', { ...sound, files: [] }, /packages\/kernel has no src\/index\.ts/],
    [
      'an entry without a word',
      { ...sound, files: [{ ...entry, firstLine: 'export {};' }] },
      /must open with '\/\/ kernel: '/,
    ],
    ['an entry with its name only', { ...sound, files: [{ ...entry, firstLine: '// kernel: x' }] }, /must open with/],
    ['a package on no side', withKernel({ folder: 'packages/new' }), /new must be on one side/],
    [
      'a pure package with a platform',
      withKernel({ tsconfig: { extends: '../../tsconfig.node.json', compilerOptions: {} } }),
      /packages\/kernel\/tsconfig\.json must extend tsconfig\.pure\.json/,
    ],
    [
      'a pure package that lets the platform in',
      withKernel({ tsconfig: { extends: '../../tsconfig.pure.json', compilerOptions: { types: ['node'] } } }),
      /leave lib and types alone/,
    ],
  ])('%s', (_, tree, words) => {
    expect(checkLayout(tree).join('\n')).toMatch(words);
  });
});
