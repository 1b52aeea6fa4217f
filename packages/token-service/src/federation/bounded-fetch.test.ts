import { afterAll, expect, test } from 'vitest';
import { createTestNetwork, type NetworkReply } from '../../test/test-network.ts';
import { createBoundedFetch, type FetchOptions } from './bounded-fetch.ts';

const network = await createTestNetwork();
afterAll(() => network.close());
const origin = 'https://issuer.example';
const ask = (reply: NetworkReply, options: FetchOptions = {}) => {
  network.sites.set(origin, () => reply);
  return createBoundedFetch(network.fetch)(`${origin}/x`, options);
};

test.each(['http://issuer.example/x', 'file:///etc/passwd', 'data:,x', 'ftp://issuer.example', 'x', ''])(
  '%j is not asked',
  async (url) => {
    network.asked.splice(0);
    await expect(createBoundedFetch(network.fetch)(url, {})).rejects.toThrow(TypeError);
    expect(network.asked).toEqual([]);
  },
);

test('an answer comes as it is', async () => {
  const reply = await ask({ status: 201, headers: { 'x-note': 'a' }, body: { x: 1 } });
  expect([reply.status, reply.headers.get('x-note'), await reply.json()]).toEqual([201, 'a', { x: 1 }]);
});

test('a redirect is an answer like any other', async () => {
  network.asked.splice(0);
  const reply = await ask({ status: 302, headers: { location: 'https://evil.example/' } });
  expect([reply.status, network.asked]).toEqual([302, [`${origin}/x`]]);
});

test.each([204, 205, 304])('an answer %i has no content', async (status) => {
  const reply = await ask({ status });
  expect([reply.status, reply.body]).toEqual([status, null]);
});

test('an answer of 256 KiB is read, a byte more is not', async () => {
  expect((await (await ask({ body: 'x'.repeat(262_144) })).text()).length).toBe(262_144);
  await expect(ask({ body: 'x'.repeat(262_145) })).rejects.toThrow(/longer than 262144 bytes/);
});

test('a compressed answer is measured as what it becomes', async () => {
  const { gzipSync } = await import('node:zlib');
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  const fetch = async () =>
    new Response(new Blob([bomb]).stream().pipeThrough(new DecompressionStream('gzip')), { status: 200 });
  await expect(createBoundedFetch(fetch)(origin, {})).rejects.toThrow(/longer than/);
});

test('the caller may give up sooner', async () => {
  const aborting = new AbortController();
  const waiting = new Promise<NetworkReply>(() => {});
  network.sites.set(origin, () => waiting);
  const reply = createBoundedFetch(network.fetch)(origin, { signal: aborting.signal });
  aborting.abort();
  await expect(reply).rejects.toThrow(/abort/);
});

test('nobody is waited for without an end', async () => {
  let given: AbortSignal | undefined;
  await createBoundedFetch(async (_, options) => {
    given = options.signal;
    return new Response('{}');
  })(origin, {});
  expect(given).toBeInstanceOf(AbortSignal);
});
