import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import type { CertificateFiles } from './openssl.ts';
import type { Site } from './site.ts';

export interface TokenAnswer {
  readonly status: number;
  readonly access_token?: string;
  readonly error?: string;
  readonly error_codes?: readonly number[];
}

/** Asks the control plane itself for a token, from any loopback address: all of 127.0.0.0/8 is this computer. */
export const tokenFrom = async (
  { port, bootstrap }: Site,
  from: string,
  credential: Readonly<Record<string, string>>,
): Promise<TokenAnswer> => {
  const scope = `${bootstrap.endpoint}/.default`;
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope, ...credential }).toString();
  const path = `/${bootstrap.tenantId}/oauth2/v2.0/token`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
  const agent = new Agent({ ca: readFileSync(bootstrap.caFile) });
  const about = { host: '127.0.0.1', servername: 'localhost', port, localAddress: from, agent };
  return new Promise((resolve, reject) => {
    const sent = request({ ...about, method: 'POST', path, headers }, (answer) => {
      text(answer).then((json) => resolve({ status: answer.statusCode ?? 0, ...JSON.parse(json) }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
};

/** Proves a certificate's key (RFC 7523), as MSAL does. */
export const assertionFor = async (
  { endpoint, tenantId }: Site['bootstrap'],
  appId: string,
  { certificateFile, keyFile }: CertificateFiles,
): Promise<Readonly<Record<string, string>>> => {
  const der = new X509Certificate(readFileSync(certificateFile)).raw;
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'PS256', 'x5t#S256': createHash('sha256').update(der).digest('base64url') })
    .setIssuer(appId)
    .setSubject(appId)
    .setAudience(`${endpoint}/${tenantId}/oauth2/v2.0/token`)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(createPrivateKey(readFileSync(keyFile)));
  return {
    client_id: appId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
};
