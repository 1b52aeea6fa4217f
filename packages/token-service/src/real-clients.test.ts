import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Client } from '@holdfast/directory';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestAuthority, freePort, type TestAuthority } from '../test/test-authority.ts';
import { makeCertificate } from '../test/test-certificate.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-clients-'));
const serverCertificate = await makeCertificate();
const clientCertificate = await makeCertificate();
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
};

let authority: TestAuthority;
let client: Client;
let secret: string;

beforeAll(async () => {
  const port = await freePort();
  const https = { key: serverCertificate.privateKeyPem, cert: serverCertificate.pem };
  authority = await createTestAuthority({ origin: `https://127.0.0.1:${port}`, https });
  await authority.app.listen({ port, host: '127.0.0.1' });
  ({ client, secret } = authority.addClient(authority.tenant, { certificates: [clientCertificate.record] }));
});
afterAll(async () => {
  await authority.app.close();
  rmSync(folder, { recursive: true });
});

const run = async (tenant: string) => {
  const environment = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: file('ca.pem', serverCertificate.pem) };
  const program = join(import.meta.dirname, '../test/azure-clients.ts');
  const child = spawn(process.execPath, [program], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  const certificatePath = file('client.pem', clientCertificate.privateKeyPem + clientCertificate.pem);
  child.stdin.end(
    JSON.stringify({ origin: authority.origin, tenant, clientId: client.appId, secret, certificatePath }),
  );
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (output === '') throw new Error(errors);
  return JSON.parse(output);
};

test.each([
  ['the tenant id', () => authority.tenant.id as string],
  ['the domain', () => authority.tenant.defaultDomain],
])('@azure/identity and MSAL sign in unmodified, with %s', async (_, tenant) => {
  const result = await run(tenant());
  const claims = { oid: client.objectId, appid: client.appId, tid: authority.tenant.id, idtyp: 'app' };
  expect(result.secret).toMatchObject({ ...claims, aud: authority.origin, appidacr: '1' });
  expect(result.certificate).toMatchObject({ ...claims, aud: authority.origin, appidacr: '2' });
  expect(result.certificateAgain).toMatchObject({ ...claims, aud: 'https://graph.microsoft.com', appidacr: '2' });
  expect(result.chain).toMatchObject({ ...claims, appidacr: '2' });
  expect(result.msal).toMatchObject({ ...claims, appidacr: '1' });
  expect(result.concurrent).toBe(3);
  expect(result.wrongSecret).toContain('AADSTS7000215');
  expect(result.wrongTenant).not.toBe('none');
});
