import { type Clock, minutes, type Random } from '@holdfast/kernel';
import { type AgentError, agentError } from '../agent-error.ts';
import type { Credential } from '../options/credential.ts';
import { readAccessToken } from './access-token.ts';
import { clientAssertion } from './client-assertion.ts';
import type { CloudEndpoints } from './cloud-endpoints.ts';
import type { HttpAnswer, HttpClient } from './http.ts';
import { explainNetworkFailure } from './network-failure.ts';
import { sendWithRetry } from './send-with-retry.ts';
import { memberOf, textOf } from './wire.ts';

export interface TokenRequest {
  readonly http: HttpClient;
  readonly endpoints: CloudEndpoints;
  readonly tenantId: string;
  readonly credential: Credential;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  onRetry(reason: string, waitMs: number): void;
}

/** How long an unreachable sign-in is tried for. */
const budgetMs = minutes(5);

/**
 * An access token for the resource manager: the given one, or one by client credentials (RFC 6749 section 4.4).
 * @throws AZCM0012, AZCM0041 with the sign-in's own words, or AZCM0026 when it cannot be reached
 */
export const requestToken = async (request: TokenRequest): Promise<string> => {
  const { credential, clock, endpoints, signal } = request;
  if (credential.kind === 'access-token') {
    readAccessToken(credential.token, clock.now());
    return credential.token;
  }
  if (credential.kind === 'certificate') refuseOutdated(credential.certificate.certificate.validToDate, clock.now());
  const url = `${endpoints.login}/${request.tenantId}/oauth2/v2.0/token`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const call = () => ({ method: 'POST', url, headers, body: formOf(request, credential, url) });
  const policy = { clock, signal, budgetMs, onRetry: request.onRetry };
  const answer = await sendWithRetry(request.http, call, policy).catch(async (cause) => {
    throw agentError('AZCM0026', `sign-in: ${await explainNetworkFailure(cause, url)}`, { cause });
  });
  const token = textOf(answer.json, 'access_token');
  if (answer.status !== 200 || token === undefined) throw rejection(answer);
  return token;
};

const refuseOutdated = (validTo: Date, now: Date): void => {
  if (validTo.getTime() <= now.getTime())
    throw agentError('AZCM0041', `the certificate of --service-principal-cert expired at ${validTo.toISOString()}`);
};

const formOf = (request: TokenRequest, credential: SignInCredential, audience: string): string =>
  new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credential.clientId,
    scope: `${request.endpoints.audience}/.default`,
    ...proofOf(request, credential, audience),
  }).toString();

type SignInCredential = Exclude<Credential, { kind: 'access-token' }>;

const proofOf = ({ clock, random }: TokenRequest, credential: SignInCredential, audience: string) => {
  if (credential.kind === 'secret') return { client_secret: credential.secret };
  const { clientId, certificate } = credential;
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: clientAssertion({ clientId, certificate, audience, clock, random }),
  };
};

const rejection = (answer: HttpAnswer): AgentError => {
  const words = textOf(answer.json, 'error_description') ?? textOf(memberOf(answer.json, 'error'), 'message');
  // Entra appends trace and correlation ids; what a person can act on comes before.
  const [first] = (words ?? '').split(/\r?\n|\s+Trace ID:/);
  return agentError('AZCM0041', first || `sign-in answered ${answer.status} without an access token`);
};
