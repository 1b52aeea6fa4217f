import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLocalApiClient, LocalApiError, localApiSocketPath, statePaths } from '@holdfast/agent-runtime';
import {
  createTestAuthority,
  type FakeControlPlane,
  startFakeControlPlane,
  testTarget,
  until,
} from '@holdfast/agent-runtime/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, 'main.ts');
let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'himds-'));
  started = [];
});
afterEach(async () => {
  for (const himds of started) if (himds.exitCode === null && himds.signalCode === null) await killed(himds);
  rmSync(folder, { recursive: true, force: true });
});

const start = (args: string[] = [], env = {}): ChildProcess => {
  const himds = spawn(process.execPath, [program, 'himds', ...args], {
    env: { ...process.env, AZCMAGENT_ROOT: folder, AZCMAGENT_METADATA_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(himds);
  return himds;
};
const ended = async (himds: ChildProcess): Promise<{ code: number | null; stderr: string }> => {
  let stderr = '';
  himds.stderr?.on('data', (part) => {
    stderr += part;
  });
  const [code] = await once(himds, 'close');
  return { code, stderr };
};
const client = () => createLocalApiClient(folder);
const serving = async (): Promise<void> => {
  for (;;) {
    const up = await client()
      .status()
      .catch(() => undefined);
    if (up !== undefined) return;
    await setTimeout(10);
  }
};
const killed = async (himds: ChildProcess): Promise<void> => {
  himds.kill('SIGKILL');
  await once(himds, 'exit');
};

describe('the daemon', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s', async (signal) => {
    const himds = start(['--foreground']);
    const end = ended(himds);
    await serving();
    himds.kill(signal);
    const { code, stderr } = await end;
    expect(code).toBe(0);
    expect(stderr).toContain('msg="himds has stopped"');
    expect(readFileSync(statePaths(folder).himdsLog, 'utf8')).toBe(stderr);
    expect(existsSync(localApiSocketPath(folder))).toBe(false);
  });

  test('is one for a folder, and takes over from a killed one', async () => {
    const first = start();
    await serving();
    const second = await ended(start());
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('another himds already serves')]);
    await killed(first);
    start();
    await serving();
  });

  test('says what it cannot do', async () => {
    const refused = [
      await ended(start(['--what'])),
      await ended(start([], { AZCMAGENT_METADATA_PORT: '99999' })),
      await ended(start([], { AZCMAGENT_ROOT: '/dev/null' })),
      await ended(start([], { AZCMAGENT_ROOT: '/tmp/a=b' })),
    ];
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    for (const { stderr } of refused) expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a connect that is cut off by kill -9', () => {
  let fake: FakeControlPlane;
  beforeEach(async () => {
    fake = await startFakeControlPlane({ now: () => new Date(), authority: createTestAuthority(), tls: true });
  });
  afterEach(() => fake.stop());

  test.each([0, 5, 15, 30, 60, 120])(
    '%d ms into its last step ends connected as one machine when repeated',
    async (ms) => {
      const target = testTarget(fake);
      const first = start();
      await serving();
      const prepared = await client().prepare(target);
      await killed(first);
      const second = start();
      await serving();
      expect(await client().prepare(target)).toEqual(prepared);
      const resourceId = fake.create(target, prepared);
      const interrupted = client()
        .complete(resourceId)
        .catch(() => undefined);
      await setTimeout(ms);
      await killed(second);
      await interrupted;
      start();
      await serving();
      const repeated = await client()
        .prepare(target)
        .catch((error: LocalApiError) => error);
      if (!(repeated instanceof LocalApiError)) expect(repeated).toEqual(prepared);
      await client().complete(resourceId);
      await until(() => fake.beats.length > 0);
      const status = await client().status();
      expect(status).toMatchObject({ resourceId, vmId: prepared.vmId, cloneSuspectedSince: null });
    },
  );
});
