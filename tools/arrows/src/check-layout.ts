import { clients, forTests, purePackages, servers, sharedByBoth } from './forbidden-imports.ts';
import { matches } from './matches.ts';
import { areaOf, isTest, type Tree, type Violation, type Workspace } from './tree.ts';

const refusedNames = ['common', 'utils', 'shared', 'helpers'];
const budgets = { production: 300, test: 500 };

/** Names, entries, sizes and compiler settings. */
export const checkLayout = (tree: Tree): readonly Violation[] => [
  ...tree.files.flatMap(({ file }) => nameFaults(file)),
  ...tree.files.flatMap(({ file, lines }) => sizeFaults(file, lines)),
  ...tree.workspaces.flatMap((each) => [...nameFaults(`${each.folder}/`), ...nameFaults(`${each.name}/`)]),
  ...tree.workspaces.flatMap(({ folder }) => sideFaults(areaOf(folder))),
  ...tree.workspaces.flatMap((each) => entryFaults(each, tree)),
  ...tree.workspaces.flatMap(pureFaults),
];

const nameFaults = (path: string): readonly Violation[] => {
  const refused = path
    .split('/')
    .slice(0, -1)
    .find((folder) => refusedNames.includes(folder));
  return refused === undefined
    ? []
    : [`${path}: nothing is named '${refused}': a name that refuses nothing collects everything`];
};

const sizeFaults = (file: string, lines: number): readonly Violation[] => {
  const most = isTest(file) ? budgets.test : budgets.production;
  return lines <= most ? [] : [`${file} has ${lines} lines: split it by topic, at most ${most} fit in a reader's head`];
};

/** A new package is placed before it is built, or the rows about sides would miss it. */
const sideFaults = (area: string): readonly Violation[] => {
  const sides = [clients, servers, sharedByBoth, forTests].filter((side) => matches(side, area));
  return sides.length === 1
    ? []
    : [`${area} must be on one side, clients, servers, sharedByBoth or forTests: say which in tools/arrows`];
};

const entryFaults = ({ folder, name }: Workspace, { files }: Tree): readonly Violation[] => {
  if (!folder.startsWith('packages/')) return [];
  const entry = `${folder}/src/index.ts`;
  const barrels = files.filter(
    ({ file }) => file.startsWith(`${folder}/`) && file.endsWith('/index.ts') && file !== entry,
  );
  const faults = barrels.map(({ file }) => `${file}: a package has one entry, ${entry}`);
  const found = files.find(({ file }) => file === entry);
  if (found === undefined) return [...faults, `${folder} has no src/index.ts: a package is what its entry offers`];
  const opening = `// ${name.replace(/^@[^/]+\//, '')}: `;
  if (found.firstLine.startsWith(opening) && found.firstLine.length > opening.length + 20) return faults;
  return [...faults, `${entry} must open with '${opening}' and what the package owns and who may import it`];
};

const pureFaults = ({ folder, tsconfig }: Workspace): readonly Violation[] => {
  if (!matches(purePackages, areaOf(folder))) return [];
  const loosened = ['lib', 'types'].filter((option) => option in tsconfig.compilerOptions);
  if (tsconfig.extends.endsWith('/tsconfig.pure.json') && loosened.length === 0) return [];
  return [`${folder}/tsconfig.json must extend tsconfig.pure.json and leave lib and types alone: the package is pure`];
};
