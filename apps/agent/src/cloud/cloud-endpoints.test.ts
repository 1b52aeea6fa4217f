import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { makeSelfSigned, type SelfSignedWish } from '@holdfast/testkit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startFakeControlPlane } from '../testing/fake-control-plane.ts';
import { createScaledClock } from '../testing/scaled-clock.ts';
import { findCloudEndpoints } from './cloud-endpoints.ts';
import { createHttpClient } from './http.ts';

const check = (endpoint: string, caPem: string | null = null) => {
  const http = createHttpClient({ clock: createScaledClock(50), caPem, signal: new AbortController().signal });
  return findCloudEndpoints({ http, endpoint });
};

const startTls = async (wish: SelfSignedWish) => {
  const { certificatePem: cert, privateKeyPem: key } = await makeSelfSigned(wish);
  const plane = await startFakeControlPlane({ tls: { cert, key } });
  onTestFinished(plane.close);
  return { plane, ca: cert };
};

test('over TLS with a trusted certificate the parts are found', async () => {
  const { plane, ca } = await startTls({ name: 'trusted' });
  expect(await check(plane.origin, ca)).toMatchObject({
    resourceManager: plane.origin,
    login: plane.origin,
    audience: plane.origin,
    name: 'Holdfast',
  });
});

test('slashes at the end of what is advertised do not count', async () => {
  const plane = await startFakeControlPlane();
  onTestFinished(plane.close);
  plane.intercept(() => ({
    status: 200,
    body: {
      resourceManager: 'https://arm.example/',
      authentication: { loginEndpoint: 'https://login.example/', audiences: ['https://arm.example/'] },
    },
  }));
  expect(await check(plane.origin)).toMatchObject({
    resourceManager: 'https://arm.example',
    login: 'https://login.example',
    audience: 'https://arm.example',
  });
});

test('a secret is not sent to an origin in the clear', async () => {
  const plane = await startFakeControlPlane();
  onTestFinished(plane.close);
  const authentication = { loginEndpoint: 'http://login.example', audiences: ['a'] };
  plane.intercept(() => ({ status: 200, body: { resourceManager: plane.origin, authentication } }));
  await expect(check(plane.origin)).rejects.toThrow('must use https');
});

describe('a failed check says why', () => {
  test('who issued a certificate that is not trusted', async () => {
    const { plane } = await startTls({ name: 'stranger' });
    await expect(check(plane.origin)).rejects.toThrow(
      /certificate of localhost:\d+ is issued by 'CN=stranger', whom this machine does not trust/,
    );
  });

  test('when a certificate was valid', async () => {
    const { plane, ca } = await startTls({ name: 'outdated', days: -1 });
    await expect(check(plane.origin, ca)).rejects.toThrow(/issued by 'CN=outdated', is valid from .* to .* only/);
  });

  test('whose certificate it is', async () => {
    const { plane, ca } = await startTls({ name: 'other', hosts: ['other.example'] });
    await expect(check(plane.origin, ca)).rejects.toThrow("is made out to 'other.example', not to 'localhost'");
  });

  test('that the address speaks no TLS', async () => {
    const plane = await startFakeControlPlane();
    onTestFinished(plane.close);
    await expect(check(plane.origin.replace('http:', 'https:'))).rejects.toThrow('does not speak TLS');
  });

  test('that nothing listens', async () => {
    await expect(check('https://localhost:1')).rejects.toThrow('localhost:1 refused the connection');
  });

  test('that the name cannot be resolved', async () => {
    await expect(check('https://nowhere.invalid')).rejects.toThrow(
      /the name 'nowhere\.invalid' cannot be resolved|no name server answers for 'nowhere\.invalid'/,
    );
  });

  test('that there was no answer in time', async () => {
    const mute = createServer(() => {});
    onTestFinished(() => void mute.close());
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    await expect(check(`http://127.0.0.1:${port}`)).rejects.toThrow('did not answer in time');
  });
});
