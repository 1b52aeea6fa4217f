import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Arrow, Exemption } from './forbidden-imports.ts';
import { matches } from './matches.ts';
import {
  areaOf,
  type Import,
  isProduction,
  type SourceFile,
  type Tree,
  type Violation,
  type Workspace,
} from './tree.ts';

export interface ImportRules {
  readonly arrows: readonly Arrow[];
  readonly exemptions: readonly Exemption[];
}

/** Every import of production code that a row of the table forbids, that goes around an entry, or that is not declared. */
export const checkImports = (tree: Tree, rules: ImportRules): readonly Violation[] => {
  const workspaces = new Map(tree.workspaces.map((each) => [each.name, each]));
  return tree.files
    .filter(({ file }) => isProduction(file))
    .flatMap((source) =>
      source.imports.flatMap((each) =>
        faultsOf({ source, each, place: placeOf(source.file, each.specifier, workspaces) }, workspaces, rules).map(
          (because) => `${source.file} imports ${each.specifier}: ${because}`,
        ),
      ),
    );
};

/** The exemptions that excuse nothing any more. */
export const checkExemptions = (tree: Tree, { arrows, exemptions }: ImportRules): readonly Violation[] =>
  exemptions
    .filter((each) => {
      const others = exemptions.filter((other) => other !== each);
      return (
        checkImports(tree, { arrows, exemptions }).length === checkImports(tree, { arrows, exemptions: others }).length
      );
    })
    .map(({ from, may }) => `the exemption of ${from} for ${may.join(', ')} excuses nothing: remove it`);

interface Question {
  readonly source: SourceFile;
  readonly each: Import;
  readonly place: string;
}

const faultsOf = (
  { source, each, place }: Question,
  workspaces: ReadonlyMap<string, Workspace>,
  { arrows, exemptions }: ImportRules,
): readonly string[] => {
  const area = areaOf(source.file);
  if (place === area) return [];
  const isExempt = exemptions.some(
    ({ from, may, typesOnly }) => matches([from], area) && matches(may, place) && (each.typesOnly || !typesOnly),
  );
  const forbidden = isExempt ? [] : arrows.filter(({ from, never }) => matches(from, area) && matches(never, place));
  const faults = forbidden.map(({ because }) => because);
  if (each.specifier.startsWith('.'))
    return place.startsWith('test:') ? faults : [...faults, 'packages meet at their entries'];
  const owner = [...workspaces.values()].find(({ folder }) => areaOf(folder) === area);
  const isDeclared = isBuiltin(each.specifier) || owner?.dependencies.includes(packageOf(each.specifier));
  return isDeclared ? faults : [...faults, `${owner?.name ?? area} does not declare it among its dependencies`];
};

/** What is imported, in the words of the table. */
const placeOf = (file: string, specifier: string, workspaces: ReadonlyMap<string, Workspace>): string => {
  if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`;
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(file), specifier);
    return isProduction(path) ? areaOf(path) : `test:${path}`;
  }
  const name = packageOf(specifier);
  const workspace = workspaces.get(name);
  return workspace === undefined ? `npm:${name}` : areaOf(workspace.folder);
};

const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
