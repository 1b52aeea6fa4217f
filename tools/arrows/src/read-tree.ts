import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './imports-of.ts';
import type { SourceFile, Tree, Workspace } from './tree.ts';

/** Where the rules hold. Tools, end-to-end tests and benchmarks are free to reach for what they need. */
const ruled = ['packages/*', 'packages/providers/*', 'apps/*'];

export const readTree = (root: string): Tree => {
  const workspaces = ruled
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => readWorkspace(root, folder));
  const files = workspaces
    .flatMap(({ folder }) => globSync(`${folder}/{src,test}/**/*.{ts,tsx}`, { cwd: root }))
    .map((file) => readSource(root, file));
  return { workspaces, files };
};

const readJson = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8'));

const readWorkspace = (root: string, folder: string): Workspace => {
  const manifest = readJson(join(root, folder, 'package.json'));
  const { extends: base, compilerOptions } = readJson(join(root, folder, 'tsconfig.json'));
  const shipped = ['dependencies', 'optionalDependencies', 'peerDependencies'];
  return {
    folder,
    name: String(manifest['name']),
    dependencies: shipped.flatMap((kind) => Object.keys(manifest[kind] ?? {})),
    tsconfig: { extends: String(base), compilerOptions: (compilerOptions ?? {}) as Record<string, unknown> },
  };
};

const readSource = (root: string, file: string): SourceFile => {
  const text = readFileSync(join(root, file), 'utf8');
  const lines = text.split('\n');
  return { file, imports: importsOf(text), lines: lines.length - 1, firstLine: lines[0] ?? '' };
};
