import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import { createSystemClock } from '@holdfast/kernel';
import type { HimdsOptions } from '../himds/himds-options.ts';
import { type Himds, startHimds } from '../himds/start-himds.ts';
import { createLocalApiClient, type LocalApiClient } from '../local-api/client.ts';
import type { ConnectTarget } from '../local-api/messages.ts';
import { createLog } from '../log/log.ts';
import { type FakeControlPlane, startFakeControlPlane } from './fake-control-plane.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createTestAuthority, type TestAuthority } from './test-authority.ts';
import { testFacts } from './test-facts.ts';

/** One machine in a folder, its control plane, and a clock that both share unless told otherwise. */
export interface TestMachine {
  readonly root: string;
  readonly clock: ManualClock;
  readonly fake: FakeControlPlane;
  readonly authority: TestAuthority;
  readonly client: LocalApiClient;
  readonly target: ConnectTarget;
  readonly lines: string[];
  start(options?: Partial<HimdsOptions>): Promise<Himds>;
  /** Lets time pass, except while the agent waits for the control plane. */
  pass(ms: number): Promise<void>;
  /** prepare, create the resource, complete. */
  connect(): Promise<string>;
  remove(): Promise<void>;
}

export const createTestMachine = async (given: { tls?: boolean } = {}): Promise<TestMachine> => {
  const folder = mkdtempSync(join(tmpdir(), 'himds-'));
  const root = join(folder, 'r');
  const clock = createManualClock(realClock.now());
  const authority = createTestAuthority();
  const fake = await startFakeControlPlane({ now: clock.now, authority, tls: given.tls ?? false });
  const started: Himds[] = [];
  const lines: string[] = [];
  const target = testTarget(fake);
  const client = createLocalApiClient(root);
  return {
    root,
    clock,
    fake,
    authority,
    client,
    target,
    lines,
    start: async (options) => {
      const himds = await startHimds({ ...defaults(root, clock, lines), ...options });
      started.push(himds);
      return himds;
    },
    pass: (ms) => clock.advance(ms, () => answered(clock)),
    connect: async () => {
      const resourceId = fake.create(target, await client.prepare(target));
      await client.complete(resourceId);
      return resourceId;
    },
    remove: async () => {
      for (const himds of started) await himds.stop();
      await fake.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const defaults = (root: string, clock: ManualClock, lines: string[]): HimdsOptions => ({
  root,
  clock,
  random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
  log: createLog(clock, [(line) => lines.push(line)]),
  collectFacts: async () => testFacts,
  metadataPort: 0,
  agentVersion: '0.1.0.0',
  copy: { hostName: 'web-1', bootId: 'boot-1' },
});

export const testTarget = (fake: FakeControlPlane): ConnectTarget => ({
  endpoint: fake.origin,
  caPem: fake.caPem,
  tenantId: '11111111-0000-4000-8000-000000000001',
  subscriptionId: '22222222-0000-4000-8000-000000000002',
  resourceGroup: 'servers',
  resourceName: 'web-1',
  location: 'local',
  cloud: 'AzureCloud',
  correlationId: '33333333-0000-4000-8000-000000000003',
  tags: { role: 'web', site: 'a' },
});

/** A call under way has a sleeper of its own, its patience of 30 seconds. */
const answered = async (clock: ManualClock): Promise<void> => {
  await setImmediate();
  await until(() => !clock.sleeping().includes(30_000));
};

/** The authority's certificates begin at the real time, so manual time starts there. */
const realClock = createSystemClock({ setTimeout, clearTimeout });

/** Waits until `holds`; what happens over real sockets takes real time. */
export const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 2500 && !holds(); tries += 1) await realClock.sleep(2);
  if (!holds()) throw new Error('it did not come to hold within 5 seconds');
};
