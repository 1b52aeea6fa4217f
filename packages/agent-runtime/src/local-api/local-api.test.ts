import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { claimSocket } from './claim-socket.ts';
import { createLocalApiClient } from './client.ts';
import { localApiCalls } from './messages.ts';
import { createQueue } from './queue.ts';
import { Refusal } from './refusal.ts';
import { createLocalApiServer } from './server.ts';
import { localApiSocketPath } from './socket-path.ts';

let folder: string;
const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-api-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const serve = async (root: string) => {
  const calls = {
    [localApiCalls.status]: async () => ({ state: 'NotConnected' }),
    [localApiCalls.disconnect]: async () => {
      throw new Refusal(409, { code: 'Busy', message: 'not now' });
    },
    [localApiCalls.prepare]: async () => {
      throw new Error('a bug');
    },
  };
  const server = createLocalApiServer(calls, createLog(createManualClock(new Date()), []));
  const release = await claimSocket(server, localApiSocketPath(root), random);
  return () => {
    release();
    server.close().closeAllConnections();
  };
};

const send = (root: string, path: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const socketPath = localApiSocketPath(root);
    const outgoing = request({ socketPath, path, method: 'POST', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

describe('the local socket', () => {
  test('lies below the root, or in the temporary folder when that path is too long', () => {
    expect(localApiSocketPath('/')).toBe('/var/opt/azcmagent/run/himds.sock');
    const long = localApiSocketPath(`/srv/${'x'.repeat(80)}`);
    expect(long).toMatch(/\/azcmagent-[0-9a-f]{16}\/himds\.sock$/);
    expect(localApiSocketPath(`/srv/${'x'.repeat(80)}/`)).toBe(long);
  });

  test('works at a root whose path is long', async () => {
    const root = join(folder, 'x'.repeat(120));
    const stop = await serve(root);
    expect(await createLocalApiClient(root).status()).toEqual({ state: 'NotConnected' });
    stop();
    rmSync(join(localApiSocketPath(root), '..'), { recursive: true });
  });

  test('answers refusals, bugs and nonsense as what they are', async () => {
    const stop = await serve(folder);
    const client = createLocalApiClient(folder);
    await expect(client.disconnect()).rejects.toMatchObject({ status: 409, code: 'Busy', message: 'not now' });
    await expect(client.prepare({} as never)).rejects.toMatchObject({ status: 500, code: 'InternalError' });
    await expect(client.complete('x')).rejects.toMatchObject({ status: 404, code: 'NotFound' });
    expect(await send(folder, '/v1/connect/prepare', '{"half":')).toBe(400);
    expect(await send(folder, '/v1/connect/prepare', 'x'.repeat(600_000)).catch(() => 400)).toBe(400);
    expect(await send(folder, '/__proto__', '')).toBe(404);
    stop();
    await expect(client.status()).rejects.toMatchObject({ status: 0, code: 'HimdsUnreachable' });
  });
});

test('changes run one after another, and a failed one does not hold up the next', async () => {
  const queue = createQueue();
  const told: string[] = [];
  const first = Promise.withResolvers<void>();
  const jobs = [
    queue(async () => {
      await first.promise;
      told.push('first');
      throw new Error('no');
    }).catch(() => told.push('failed')),
    queue(async () => told.push('second')),
  ];
  first.resolve();
  await Promise.all(jobs);
  expect(told).toEqual(['first', 'failed', 'second']);
});
