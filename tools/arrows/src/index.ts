// arrows: the imports that must never be, as a table, and the test that reads the repository against it. Nothing imports it.
export { checkExemptions, checkImports, type ImportRules } from './check-imports.ts';
export { checkLayout } from './check-layout.ts';
export { type Arrow, type Exemption, exemptions, forbiddenImports } from './forbidden-imports.ts';
export { importsOf } from './imports-of.ts';
export { readTree } from './read-tree.ts';
export type { Import, SourceFile, Tree, Violation, Workspace } from './tree.ts';
