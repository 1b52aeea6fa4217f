import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { localApiSocketPath, statePaths } from '@holdfast/agent-runtime';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  armError,
  type FakeControlPlane,
  startFakeControlPlane,
  subscriptionId,
  tenantId,
} from '../testing/fake-control-plane.ts';
import { blankStatus, createFakeHimds, stoppedHimds } from '../testing/fake-himds.ts';
import { runIn, type TestWorld } from '../testing/test-world.ts';

const clientId = 'aaaaaaaa-2222-4333-8444-555555555555';
const vmId = '00000000-0000-4000-8000-000000000001';
const machine = `/subscriptions/${subscriptionId}/resourceGroups/servers/providers/Microsoft.HybridCompute/machines/web01`;

let plane: FakeControlPlane;
let root: string;
let himds = createFakeHimds();
beforeEach(async () => {
  plane = await startFakeControlPlane();
  root = mkdtempSync(join(tmpdir(), 'disconnect-'));
  const target = {
    endpoint: plane.origin,
    caPem: null,
    tenantId,
    subscriptionId,
    resourceGroup: 'servers',
    resourceName: 'web01',
    location: 'local',
    cloud: 'Holdfast',
    correlationId: clientId,
    tags: {},
  };
  himds = createFakeHimds({ ...blankStatus, state: 'Connected', target, resourceId: machine, vmId });
  plane.machines.set(machine, { vmId, clientPublicKey: '', body: {} });
});
afterEach(() => {
  plane.close();
  rmSync(root, { recursive: true });
});

const account = ['-i', clientId, '-p', 'secret'];
const disconnect = (argv: readonly string[] = account, world: Partial<TestWorld> = {}) =>
  runIn({ root, himds, ...world }, ['disconnect', ...argv]);

describe('a disconnect', () => {
  test('deletes the resource, then the identity; the tenant is the connected one', async () => {
    const { code, json } = await disconnect([...account, '-j']);
    expect({ code, json }).toEqual({
      code: 0,
      json: { status: 'Disconnected', resourceId: machine, resourceDeleted: true },
    });
    expect(plane.machines.size).toBe(0);
    expect(himds.current).toEqual(blankStatus);
  });

  test('follows a deletion that takes its time to its end', async () => {
    const location = `${plane.origin}/operations/1`;
    let polls = 0;
    plane.intercept(({ method, path }) => {
      if (method === 'DELETE') return { status: 202, headers: { location, 'retry-after': '1' } };
      if (path !== '/operations/1') return undefined;
      polls += 1;
      return polls < 3 ? { status: 202, headers: { location } } : { status: 204 };
    });
    expect((await disconnect()).code).toBe(0);
    expect(polls).toBe(3);
    expect(himds.current.state).toBe('NotConnected');
  });

  test('sends the token to no other host that a deletion points to', async () => {
    plane.intercept(({ method }) =>
      method === 'DELETE' ? { status: 202, headers: { location: 'https://elsewhere.example/1' } } : undefined,
    );
    const { code, stdout } = await disconnect();
    expect(code).toBe(43);
    expect(stdout).toContain('points to an address that is not its own');
  });

  test('goes on when the resource is gone already', async () => {
    plane.machines.clear();
    expect((await disconnect()).code).toBe(0);
    expect(himds.current.state).toBe('NotConnected');
  });

  test('leaves a machine alone that has taken the name since', async () => {
    plane.machines.set(machine, { vmId: 'other', clientPublicKey: '', body: {} });
    const { code, stderr } = await disconnect();
    expect(code).toBe(0);
    expect(stderr).toContain('belongs to another machine by now');
    expect(plane.machines.size).toBe(1);
    expect(himds.current.state).toBe('NotConnected');
  });

  test('cleans up after a connect that never completed', async () => {
    himds.current = { ...himds.current, state: 'Connecting', resourceId: null };
    expect((await disconnect()).code).toBe(0);
    expect(plane.machines.size).toBe(0);
  });

  test('of a machine that is not connected says so and asks nobody', async () => {
    himds.current = blankStatus;
    const { code, stdout } = await disconnect([]);
    expect(code).toBe(0);
    expect(stdout).toContain('This machine is not connected');
    expect(plane.calls).toEqual([]);
  });
});

describe('a disconnect that is refused changes nothing here', () => {
  test.each([
    [armError(403, 'AuthorizationFailed', 'may not delete'), 43, 'may not delete (AuthorizationFailed)'],
    [armError(500, 'InternalServerError', 'broken'), 43, 'broken'],
  ])('%j', async (reply, code, words) => {
    plane.intercept(({ method }) => (method === 'DELETE' ? reply : undefined));
    const ran = await disconnect();
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain(words);
    expect(ran.stdout.includes('--force-local-only')).toBe(reply.status === 403);
    expect(himds.current.state).toBe('Connected');
  });

  test('for want of a credential', async () => {
    expect((await disconnect([])).code).toBe(16);
    expect(himds.current.state).toBe('Connected');
  });

  test('for want of root on the real paths', async () => {
    expect((await disconnect(['-f'], { root: '/' })).code).toBe(18);
    expect(himds.current.state).toBe('Connected');
  });
});

describe('--force-local-only', () => {
  test('resets this machine and asks the control plane nothing', async () => {
    expect((await disconnect(['-f'])).code).toBe(0);
    expect(himds.current).toEqual(blankStatus);
    expect(plane.calls).toEqual([]);
    expect(plane.machines.size).toBe(1);
  });

  const leftByHimds = (): string[] => {
    const paths = statePaths(root);
    const files = [
      paths.connection,
      paths.identityKey,
      paths.identityCertificate,
      paths.pendingConnect,
      paths.heartbeat,
    ];
    for (const file of files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, 'x');
    }
    return files;
  };

  test('removes the identity itself while himds is down', async () => {
    const files = leftByHimds();
    expect((await disconnect(['-f'], { himds: stoppedHimds })).code).toBe(0);
    expect(files.filter((file) => existsSync(file))).toEqual([]);
    expect(existsSync(localApiSocketPath(root))).toBe(false);
  });

  test('touches no file while a himds holds the folder', async () => {
    const files = leftByHimds();
    const socket = localApiSocketPath(root);
    mkdirSync(dirname(socket), { recursive: true, mode: 0o700 });
    const holder = createServer();
    onTestFinished(() => void holder.close());
    await new Promise<void>((resolve) => holder.listen(socket, resolve));
    expect((await disconnect(['-f'], { himds: stoppedHimds })).code).toBe(61);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(files.map(() => 'x'));
  });
});
