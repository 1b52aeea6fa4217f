import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSystemClock } from '@holdfast/kernel';
import { afterEach, expect, test } from 'vitest';
import { createCloudProbe } from './cloud-probe.ts';

const clock = createSystemClock({ setTimeout, clearTimeout });
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const metadataService = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test.each<[string, RequestListener]>([
  ['AWS', (_, answer) => answer.writeHead(401, { server: 'EC2ws' }).end()],
  [
    'GCP',
    (_, answer) => answer.writeHead(200, { server: 'Metadata Server for VM', 'metadata-flavor': 'Google' }).end(),
  ],
  ['Azure', (call, answer) => answer.writeHead(call.headers['metadata'] ? 200 : 400, { server: 'IMDS/150.870' }).end()],
  [
    'OCI',
    (call, answer) => answer.writeHead(call.url?.startsWith('/opc') ? 200 : 404, { 'opc-request-id': 'a' }).end(),
  ],
  ['', (_, answer) => answer.writeHead(404).end()],
])('%s is recognised by its metadata service', async (provider, listener) => {
  expect(await createCloudProbe({ clock, origin: await metadataService(listener) })()).toBe(provider);
});

test('silence ends the wait and means no cloud, and so does a refused connection', async () => {
  const silent = await metadataService(() => {});
  expect(await createCloudProbe({ clock, origin: silent, timeoutMs: 50 })()).toBe('');
  expect(await createCloudProbe({ clock, origin: 'http://127.0.0.1:1' })()).toBe('');
});

test('one probe asks once, however often the facts are collected', async () => {
  let calls = 0;
  const origin = await metadataService((_, answer) => {
    calls += 1;
    answer.writeHead(404).end();
  });
  const probe = createCloudProbe({ clock, origin });
  await Promise.all([probe(), probe()]);
  const asked = calls;
  await probe();
  expect(calls).toBe(asked);
});
