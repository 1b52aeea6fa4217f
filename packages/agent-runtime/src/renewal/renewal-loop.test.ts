import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { days, minutes } from '@holdfast/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { statePaths } from '../local-state/state-paths.ts';
import { createTestMachine, type TestMachine } from '../testing/test-himds.ts';

let machine: TestMachine;

beforeEach(async () => {
  machine = await createTestMachine();
  // One beat an hour: this is about certificates.
  machine.fake.over.nextHeartbeatSeconds = 3600;
});
afterEach(() => machine.remove());

const renewals = (): number => machine.fake.requests.filter(({ path }) => path.endsWith('certificate')).length - 1;
const stored = (): string => readFileSync(statePaths(machine.root).identityCertificate, 'utf8');

/** A connected machine whose certificate is 44 days old. */
const connectAndWait = async (): Promise<void> => {
  const himds = await machine.start();
  await machine.connect();
  await himds.stop();
  await machine.clock.advance(days(44));
};

test('a certificate of 90 days is renewed once 45 are left, with the same key', async () => {
  await connectAndWait();
  const himds = await machine.start();
  const first = stored();
  expect(statSync(statePaths(machine.root).identityCertificate).mode & 0o777).toBe(0o600);
  await machine.pass(days(0.9));
  expect([renewals(), stored() === first]).toEqual([0, true]);
  await machine.pass(days(1.1));
  expect([renewals(), stored() === first]).toEqual([1, false]);
  const key = (pem: string) => new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'pem' });
  expect(key(stored())).toBe(key(first));
  expect(himds.status().error).toBeNull();
});

test('a failed renewal keeps the old certificate, is said, and is tried again', async () => {
  await connectAndWait();
  await machine.start();
  await machine.pass(days(0.9));
  const first = stored();
  await machine.fake.stop();
  while (!machine.lines.some((line) => line.includes('was not renewed'))) await machine.pass(minutes(15));
  const status = await machine.client.status();
  expect([stored() === first, status.error?.code]).toEqual([true, 'ECONNREFUSED']);
  await machine.fake.start();
  await machine.pass(minutes(6));
  expect(stored()).not.toBe(first);
  expect((await machine.client.status()).error).toBeNull();
});

test('an unusable certificate is not stored', async () => {
  await connectAndWait();
  await machine.start();
  const first = stored();
  machine.fake.over.certificatePem = machine.authority.caPem;
  while ((await machine.client.status()).error === null) await machine.pass(minutes(15));
  expect(stored()).toBe(first);
  expect((await machine.client.status()).error?.code).toBe('CertificateUnusable');
});
