/** What the rules see of the repository: plain values, so that a made-up tree can break every rule on purpose. */
export interface Tree {
  readonly workspaces: readonly Workspace[];
  readonly files: readonly SourceFile[];
}

export interface Workspace {
  /** Path from the root of the repository, such as `packages/providers/resources`. */
  readonly folder: string;
  /** As its manifest names it, such as `@holdfast/provider-resources`. */
  readonly name: string;
  /** Everything its production code may import from other packages: no development dependencies. */
  readonly dependencies: readonly string[];
  readonly tsconfig: { readonly extends: string; readonly compilerOptions: Readonly<Record<string, unknown>> };
}

export interface SourceFile {
  /** Path from the root of the repository. */
  readonly file: string;
  readonly imports: readonly Import[];
  readonly lines: number;
  readonly firstLine: string;
}

export interface Import {
  readonly specifier: string;
  /** True when nothing of it is left at run time. */
  readonly typesOnly: boolean;
}

/** One broken rule, as a sentence that names the file, what is wrong with it and why that matters. */
export type Violation = string;

/**
 * How the table of forbidden imports calls a place: `kernel`, `providers/resources`, `apps/agent`, `tools/start`; packages
 * stand without their folder's name.
 */
export const areaOf = (path: string): string => {
  const [top = '', second = '', third = ''] = path.split('/');
  if (top !== 'packages') return second === '' ? top : `${top}/${second}`;
  return second === 'providers' ? `providers/${third}` : second;
};

export const isTest = (file: string): boolean => file.endsWith('.test.ts');

const testFolder = /^(?:packages|apps)\/(?:providers\/)?[^/]+\/test\//;

/** Code that ships: neither a test nor what only tests load. */
export const isProduction = (file: string): boolean =>
  !isTest(file) && !file.endsWith('.test-support.ts') && !testFolder.test(file);
