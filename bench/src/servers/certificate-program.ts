import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../benchmark.ts';
import type { Request } from '../load/render-request.ts';
import { runToEnd } from './child.ts';
import { type ControlPlane, holdfastProgram } from './control-plane.ts';
import { temporaryFolder } from './data-folder.ts';

/** Token requests of a new program with a certificate, each with an assertion of its own signed ahead (RFC 7523). */
export const certificateRequests = async (
  run: Pick<Run, 'atEnd'>,
  server: ControlPlane,
  count: number,
): Promise<readonly Request[]> => {
  const folder = temporaryFolder(run);
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const made = ['-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench', '-days', '2'];
  const files = ['-keyout', keyFile, '-out', certificateFile];
  execFileSync('openssl', ['req', '-x509', ...made, ...files], { stdio: 'pipe' });
  const scope = `/subscriptions/${server.bootstrap.subscriptionId}`;
  const options = ['--name', 'certified', '--role', 'Reader', '--scope', scope, '--certificate', certificateFile];
  const printed = await runToEnd([holdfastProgram, 'principal', 'create', '--data', server.dataFolder, ...options]);
  const { appId } = JSON.parse(printed) as { appId: string };
  const program = { appId, key: createPrivateKey(readFileSync(keyFile)), thumbprint: thumbprintOf(certificateFile) };
  return Array.from({ length: count }, () => requestOf(server, program));
};

interface Program {
  readonly appId: string;
  readonly key: ReturnType<typeof createPrivateKey>;
  readonly thumbprint: string;
}

const thumbprintOf = (file: string): string =>
  createHash('sha256')
    .update(new X509Certificate(readFileSync(file)).raw)
    .digest('base64url');

const requestOf = (
  { bootstrap: { endpoint, tenantId } }: ControlPlane,
  { appId, key, thumbprint }: Program,
): Request => {
  const target = `/${tenantId}/oauth2/v2.0/token`;
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + 7200 };
  const claims = { iss: appId, sub: appId, aud: `${endpoint}${target}`, jti: randomUUID(), ...times };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', typ: 'JWT', 'x5t#S256': thumbprint })}.${part(claims)}`;
  const client_assertion = `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  return {
    method: 'POST',
    target,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
      scope: `${endpoint}/.default`,
    }).toString(),
  };
};
