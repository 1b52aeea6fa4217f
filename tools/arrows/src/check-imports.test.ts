import { describe, expect, test } from 'vitest';
import { checkExemptions, checkImports, exemptions, forbiddenImports, type Import, type Tree } from './index.ts';

const rules = { arrows: forbiddenImports, exemptions };

/** Every workspace there is or will be; each declares everything, so that only the table can object. */
const folders = [
  ...['kernel', 'arm', 'contracts', 'authorization', 'rollout', 'agent-core', 'agent-runtime', 'pipeline', 'jobs'],
  ...['token-service', 'rollout-engine', 'store-postgres', 'embedded-postgres', 'testkit', 'sealing'],
  ...['providers/resources', 'providers/hybrid-compute'],
].map((area) => `packages/${area}`);
const apps = ['apps/control-plane', 'apps/agent', 'apps/portal'];
const nameOf = (folder: string) =>
  `@holdfast/${folder.replace(/^(packages|apps)\//, '').replace('providers/', 'provider-')}`;
const npm = ['fastify', 'kysely', 'pg', 'typebox', 'undici', '@scope/thing'];

const treeOf = (file: string, ...imports: readonly (string | Import)[]): Tree => ({
  workspaces: [...folders, ...apps].map((folder) => ({
    folder,
    name: nameOf(folder),
    dependencies: [...npm, ...[...folders, ...apps].map(nameOf)],
    tsconfig: { extends: '', compilerOptions: {} },
  })),
  files: [
    {
      file,
      imports: imports.map((each) => (typeof each === 'string' ? { specifier: each, typesOnly: false } : each)),
      lines: 1,
      firstLine: '',
    },
  ],
});

const types = (specifier: string): Import => ({ specifier, typesOnly: true });
const faults = (file: string, ...imports: readonly (string | Import)[]) =>
  checkImports(treeOf(file, ...imports), rules);

describe('an import is refused, with the file, the import and the reason', () => {
  test.each([
    ['packages/pipeline/src/a.ts', '@holdfast/control-plane', 'roots are not libraries'],
    ['apps/control-plane/src/a.ts', '@holdfast/agent', 'roots are not libraries'],
    ['packages/kernel/src/a.ts', '@holdfast/arm', 'kernel is the floor'],
    ['packages/kernel/src/a.ts', 'node:crypto', 'kernel is the floor'],
    ['packages/kernel/src/a.ts', 'typebox', 'kernel is the floor'],
    ['packages/arm/src/a.ts', 'node:fs', 'a pure package has no Node'],
    ['packages/arm/src/a.ts', 'timers', 'a pure package has no Node'],
    ['packages/contracts/src/a.ts', '@holdfast/sealing', 'a pure package has no Node'],
    ['packages/rollout/src/a.ts', 'pg', 'a pure package has no Node'],
    ['packages/agent-core/src/a.ts', '@scope/thing/deep', 'a pure package has no Node'],
    ['packages/providers/resources/src/a.ts', '@holdfast/store-postgres', 'compose.ts plugs them'],
    ['packages/providers/resources/src/a.ts', 'kysely', 'compose.ts plugs them'],
    ['packages/providers/resources/src/a.ts', 'fastify', 'compose.ts plugs them'],
    ['packages/providers/resources/src/a.ts', '@holdfast/pipeline', 'compose.ts plugs them'],
    ['packages/providers/resources/src/a.ts', '@holdfast/provider-hybrid-compute', 'through a read port'],
    ['packages/store-postgres/src/a.ts', '@holdfast/contracts', 'rows never meet the wire'],
    ['packages/store-postgres/src/a.ts', '@holdfast/pipeline', 'rows never meet the wire'],
    ['apps/portal/src/a.ts', '@holdfast/authorization', 'without server code'],
    ['apps/agent/src/a.ts', '@holdfast/sealing', 'without server code'],
    ['packages/agent-runtime/src/a.ts', '@holdfast/provider-resources', 'without server code'],
    ['packages/pipeline/src/a.ts', '@holdfast/agent-core', 'meet only in contracts/agent-protocol'],
    ['packages/contracts/src/a.ts', '@holdfast/agent-core', 'meet only in contracts/agent-protocol'],
    ['apps/control-plane/src/a.ts', '@holdfast/agent-runtime', 'meet only in contracts/agent-protocol'],
    ['packages/rollout-engine/src/a.ts', '@holdfast/provider-hybrid-compute', 'a Fleet port'],
    ['packages/token-service/src/a.ts', '@holdfast/provider-resources', 'tokens know nothing of resources'],
    ['packages/pipeline/src/a.ts', '@holdfast/token-service', 'metadata and keys alone'],
    ['packages/store-postgres/src/a.ts', '@holdfast/token-service', 'metadata and keys alone'],
    ['packages/jobs/src/a.ts', '@holdfast/store-postgres', 'the root plugs them together'],
    ['packages/store-postgres/src/a.ts', '@holdfast/embedded-postgres', 'the root plugs them together'],
    ['packages/sealing/src/a.ts', '@holdfast/testkit', 'no back doors'],
    ['apps/control-plane/src/a.ts', '@holdfast/testkit', 'no back doors'],
    ['packages/sealing/src/a.ts', './b.test-support.ts', 'no back doors'],
    ['packages/sealing/src/a.ts', '../test/b.ts', 'no back doors'],
    ['packages/sealing/src/a.ts', '../../kernel/src/uuid.ts', 'packages meet at their entries'],
    ['packages/sealing/src/a.ts', 'left-pad', '@holdfast/sealing does not declare it'],
    ['packages/sealing/src/a.ts', '@holdfast/made-up', '@holdfast/sealing does not declare it'],
  ])('%s → %s', (file, specifier, because) => {
    const found = faults(file, specifier);
    expect(found.join('\n')).toContain(`${file} imports ${specifier}: `);
    expect(found.join('\n')).toContain(because);
  });
});

describe('an import is left alone', () => {
  test.each([
    ['packages/arm/src/a.ts', '@holdfast/kernel'],
    ['packages/contracts/src/a.ts', 'typebox'],
    ['packages/sealing/src/a.ts', 'node:crypto'],
    ['packages/store-postgres/src/a.ts', '@holdfast/provider-resources'],
    ['packages/store-postgres/src/a.ts', 'kysely'],
    ['packages/agent-runtime/src/a.ts', '@holdfast/agent-core'],
    ['apps/agent/src/a.ts', '@holdfast/agent-runtime'],
    ['apps/control-plane/src/a.ts', '@holdfast/token-service'],
    ['apps/control-plane/src/a.ts', '@holdfast/store-postgres'],
    ['packages/testkit/src/a.ts', '@holdfast/embedded-postgres'],
    ['packages/kernel/src/a.ts', './deep/b.ts'],
    ['packages/sealing/src/a.test.ts', '@holdfast/testkit'],
    ['packages/sealing/src/a.test-support.ts', '@holdfast/testkit'],
    ['packages/sealing/test/a.ts', '@holdfast/testkit'],
  ])('%s → %s', (file, specifier) => {
    expect(faults(file, specifier)).toEqual([]);
  });

  test('when it is a type of a port that the importer implements', () => {
    expect(faults('packages/store-postgres/src/a.ts', types('@holdfast/token-service'))).toEqual([]);
  });
});

describe('exemptions', () => {
  test('one that excuses nothing is reported', () => {
    const used = treeOf('packages/store-postgres/src/a.ts', types('@holdfast/token-service'));
    expect(checkExemptions(used, { arrows: forbiddenImports, exemptions: exemptions.slice(0, 1) })).toEqual([]);
    const unused = treeOf('packages/store-postgres/src/a.ts', 'kysely');
    expect(checkExemptions(unused, rules)[0]).toMatch(/the exemption of store-postgres .* excuses nothing/);
  });
});
