import { createHash } from 'node:crypto';
import type { Bootstrap } from '../servers/data-folder.ts';
import type { Request } from './render-request.ts';

// A program on a person's computer, as the Azure CLI is: it keeps no secret.

/** Where people sign in. */
export type Place = Pick<Bootstrap, 'endpoint' | 'tenantId'>;

const client_id = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';
const redirect_uri = 'http://localhost:8400/';
/** PKCE with one verifier for all: what is measured is what the server does with it. */
const code_verifier = 'bench-bench-bench-bench-bench-bench-bench-bench';
const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');

const scopeOf = ({ endpoint }: Place): string => `${endpoint}/.default openid profile offline_access`;

/** Where a browser begins to sign in; `silent` shows no page. */
export const authorizeTarget = (place: Place, silent = false): string => {
  const query = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: 'code',
    code_challenge,
    code_challenge_method: 'S256',
    scope: scopeOf(place),
    ...(silent && { prompt: 'none' }),
  });
  return `/${place.tenantId}/oauth2/v2.0/authorize?${query}`;
};

const form = (place: Place, endpoint: string, fields: Readonly<Record<string, string>>): Request => ({
  method: 'POST',
  target: `/${place.tenantId}/oauth2/v2.0/${endpoint}`,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ client_id, ...fields }).toString(),
});

export const codeRequest = (place: Place, code: string): Request =>
  form(place, 'token', { grant_type: 'authorization_code', code, redirect_uri, code_verifier });

export const refreshRequest = (place: Place, refresh_token: string): Request =>
  form(place, 'token', { grant_type: 'refresh_token', refresh_token, scope: scopeOf(place) });

export const deviceCodeRequest = (place: Place): Request => form(place, 'devicecode', { scope: scopeOf(place) });

export const pollRequest = (place: Place, device_code: string): Request =>
  form(place, 'token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code });
