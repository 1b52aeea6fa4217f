import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tenant } from '@holdfast/directory';
import { createSealer, type Sealer } from '@holdfast/sealing';
import {
  createFixtures,
  createManualClock,
  createTestDatabase,
  type Fixtures,
  fixtureTime,
  type ManualClock,
  seededRandom,
} from '@holdfast/testkit';
import type { Administration } from '../src/administer.ts';

export interface TestAdministration {
  readonly tools: Administration & { readonly clock: ManualClock };
  readonly fixtures: Fixtures;
  readonly sealer: Sealer;
  /** A folder that goes with the test. */
  readonly folder: string;
  /** What was printed since the last call. */
  printed<Result>(): Result[];
  /** The same tools in another tenant. */
  inTenant(tenant: Tenant): Administration;
}

/** The tools of a command over a database of its own with one tenant. Call it at the top of the file, with vitest's `afterAll`. */
export const createTestAdministration = async (
  seed: string,
  afterAll: (undo: () => void) => void,
): Promise<TestAdministration> => {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-command-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const random = seededRandom(`${seed} tools`);
  const masterKey = random.bytes(32);
  const masterKeyFile = join(folder, 'master.key');
  writeFileSync(masterKeyFile, Buffer.from(masterKey).toString('hex'));
  const fixtures = createFixtures(seed);
  const tenant = fixtures.tenant();
  await database.stores.directoryWriter.createTenant(tenant);
  const results: unknown[] = [];
  const print = (result: unknown) => void results.push(JSON.parse(JSON.stringify(result)));
  const clock = createManualClock(fixtureTime);
  const { stores } = database;
  const config = { masterKeyFile, origin: 'https://holdfast.example' };
  const tools = { config, database, stores, tenant, clock, random, print, printLine: print };
  return {
    tools,
    fixtures,
    sealer: createSealer(masterKey, random),
    folder,
    printed: <Result>() => results.splice(0) as Result[],
    inTenant: (other) => ({ ...tools, tenant: other }),
  };
};
