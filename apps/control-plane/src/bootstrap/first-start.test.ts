import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer } from '@holdfast/sealing';
import type { Stores } from '@holdfast/store-postgres';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { firstStart } from './first-start.ts';

const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };
const scratch = mkdtempSync(join(tmpdir(), 'holdfast-first-'));
afterAll(() => rmSync(scratch, { recursive: true }));

interface Call {
  readonly store: string;
  readonly verb: string;
  readonly value: unknown;
}

/** Notes what is written; `authorities.insert` answers as the database does to the first, or to a later one. */
const notingStores = (calls: Call[], isFirst: boolean): Stores => {
  const store = (name: string) =>
    new Proxy(
      {},
      { get: (_, verb) => async (value: unknown) => void calls.push({ store: name, verb: String(verb), value }) },
    );
  const authorities = { insert: async () => isFirst };
  return new Proxy({}, { get: (_, name) => (name === 'authorities' ? authorities : store(String(name))) }) as Stores;
};

/** A database with a tenant once a transaction has committed. */
const createDatabase = () => {
  const state = { tenant: undefined as string | undefined, calls: [] as Call[] };
  const commit = async (work: (stores: Stores) => Promise<void>): Promise<void> => {
    const calls: Call[] = [];
    await work(notingStores(calls, state.tenant === undefined));
    const made = calls.find(({ verb }) => verb === 'createTenant')?.value as { id: string };
    state.tenant = made.id;
    state.calls = calls;
  };
  return { state, commit };
};

let folder: string;
let file: string;
let draft: string;
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'data-'));
  file = join(folder, 'bootstrap.json');
  draft = `${file}.new`;
});

const needs = {
  clock: { now: () => new Date('2026-03-01T12:00:00.000Z'), sleep: async () => undefined },
  random,
  sealer: createSealer(random.bytes(32), random),
  endpoint: 'https://localhost:8443',
  caFile: '/data/tls/ca.pem',
  location: 'local',
};
type Database = ReturnType<typeof createDatabase>;
const start = (database: Database, transaction = database.commit) =>
  firstStart({ file, needs, firstTenantId: async () => database.state.tenant, transaction });
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

describe('the first start', () => {
  test('makes a tenant and leaves what scripts need, for its owner only', async () => {
    const database = createDatabase();
    const made = await start(database);
    expect(read(file)).toEqual(made);
    expect(made).toEqual({
      endpoint: 'https://localhost:8443',
      caFile: '/data/tls/ca.pem',
      tenantId: database.state.tenant,
      subscriptionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resourceGroup: 'servers',
      location: 'local',
      admin: { username: 'admin@holdfast.internal', password: expect.stringMatching(/^([a-z0-9]{5}-){3}[a-z0-9]{5}$/) },
      automation: { clientId: expect.stringMatching(/^[0-9a-f-]{36}$/), clientSecret: expect.any(String) },
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['bootstrap.json']);
  });

  test('gives the administrator and the automation everything, and the database none of their secrets', async () => {
    const database = createDatabase();
    const made = await start(database);
    const written = (verb: string) =>
      database.state.calls.filter((call) => call.verb === verb).map(({ value }) => value);
    expect(written('assign')).toHaveLength(2);
    const owner = { roleId: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635', scope: '/' };
    expect(
      database.state.calls.filter(({ store }) => store === 'roleAssignments').map(({ value }) => value),
    ).toMatchObject([owner, owner]);
    const text = JSON.stringify(database.state.calls);
    expect(text).not.toContain(made?.admin.password);
    expect(text).not.toContain(made?.automation.clientSecret);
  });

  test('has its secrets on disk before the tenant is committed', async () => {
    const database = createDatabase();
    await start(database, async (work) => {
      await database.commit(work);
      expect(read(draft).tenantId).toBe(database.state.tenant);
      expect([statSync(draft).mode & 0o777, existsSync(file)]).toEqual([0o600, false]);
    });
  });
});

describe('a start after one that was cut off', () => {
  const cutOff = new Error('killed');

  test('before the commit makes another tenant, and nothing is left of the first', async () => {
    const database = createDatabase();
    await expect(start(database, () => Promise.reject(cutOff))).rejects.toBe(cutOff);
    const lost = read(draft);
    expect(existsSync(file)).toBe(false);
    const made = await start(database);
    expect(made?.tenantId).not.toBe(lost.tenantId);
    expect([read(file), existsSync(draft)]).toEqual([made, false]);
  });

  test('after the commit finds the secrets of the tenant that exists', async () => {
    const database = createDatabase();
    const commitThenDie = async (work: (stores: Stores) => Promise<void>) => {
      await database.commit(work);
      throw cutOff;
    };
    await expect(start(database, commitThenDie)).rejects.toBe(cutOff);
    const kept = read(draft);
    expect(await start(database)).toEqual(kept);
    expect([read(file), existsSync(draft)]).toEqual([kept, false]);
    expect(kept.tenantId).toBe(database.state.tenant);
  });

  test('of a tenant that never was drops its draft and keeps what belongs to the one that exists', async () => {
    const database = createDatabase();
    const made = await start(database);
    writeFileSync(draft, JSON.stringify({ ...made, tenantId: 'another' }));
    expect(await start(database)).toBeUndefined();
    expect([read(file), existsSync(draft)]).toEqual([made, false]);
  });

  test('in any other case changes nothing', async () => {
    const database = createDatabase();
    const made = await start(database);
    expect(await start(database)).toBeUndefined();
    expect([read(file), readdirSync(folder)]).toEqual([made, ['bootstrap.json']]);
  });
});

test('of two replicas that start first, one wins; the other says to start again and then finds the tenant', async () => {
  const database = createDatabase();
  database.state.tenant = 'of the winner';
  const late = firstStart({ file, needs, firstTenantId: async () => undefined, transaction: database.commit });
  await expect(late).rejects.toThrow(/start this one again/);
  expect(await start(database)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});
