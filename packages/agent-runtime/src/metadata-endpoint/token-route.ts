import type { ControlPlaneFailure } from '@holdfast/agent-core';
import type { MachineTokenAnswer } from '@holdfast/contracts';
import type { Clock } from '@holdfast/kernel';
import { msBetween } from '@holdfast/kernel';
import type { MachineTokens } from '../session/machine-tokens.ts';
import type { Challenges } from './challenges.ts';
import { type Reply, refusal } from './reply.ts';

/** What tokens are issued from while the machine is connected. */
export interface TokenSource {
  readonly clientId: string;
  readonly tokens: MachineTokens;
  /** The control plane's time. */
  readonly serverClock: Pick<Clock, 'now'>;
}

export interface TokenRequest {
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

/** A machine has one identity, its own; a client that names another must not silently get this one. */
const selectors = ['client_id', 'object_id', 'principal_id', 'msi_res_id', 'mi_res_id'];
const knownVersions = ['2020-06-01', '2019-11-01', '2019-03-11', '2018-02-01', '2017-08-01'];
const versionPattern = /^\d{4}-\d{2}-\d{2}(-preview)?$/;

/** GET /metadata/identity/oauth2/token: first a challenge, then with the secret of its file a token. */
export const answerToken = async (
  request: TokenRequest,
  source: TokenSource | null,
  challenges: Challenges,
): Promise<Reply> => {
  const wrong = wrongIn(request.query);
  if (wrong !== undefined) return refusal('invalid_request', wrong);
  if (source === null) return notConnected();
  const secret = /^Basic (\S+)$/.exec(request.authorization ?? '')?.[1];
  if (secret === undefined || !challenges.redeem(secret)) return challenge(challenges.issue());
  return token(request.query, source);
};

const wrongIn = (query: URLSearchParams): string | undefined => {
  const selector = selectors.find((name) => query.has(name));
  if (selector !== undefined)
    return `A connected server has a system-assigned identity only: '${selector}' cannot be given.`;
  if (!versionPattern.test(query.get('api-version') ?? ''))
    return `api-version is missing or invalid. Supported are ${knownVersions.join(' ')}`;
  const resources = query.getAll('resource');
  if (resources.length !== 1 || resources[0] === '') return "'resource' must be given once.";
  return undefined;
};

export const notConnected = (): Reply =>
  refusal('temporarily_unavailable', 'This machine is not connected. Connect it with azcmagent connect.');

/** The header is spelt as published scripts search for it, its value unquoted and last. */
const challenge = (path: string): Reply => ({
  status: 401,
  body: {
    error: 'unauthorized_client',
    error_description: 'Repeat the request with the header Authorization: Basic and the content of the named file.',
  },
  headers: { 'Www-Authenticate': `Basic realm=${path}` },
});

const token = async (query: URLSearchParams, source: TokenSource): Promise<Reply> => {
  const resource = query.get('resource') ?? '';
  const anew = query.get('bypass_cache')?.toLowerCase() === 'true';
  const issued = await (anew ? source.tokens.getNew(resource) : source.tokens.get(resource));
  if (!issued.ok) return failed(issued.error);
  return { status: 200, body: tokenBody(issued.value, resource, source), headers: { 'Cache-Control': 'no-store' } };
};

/** Numbers are strings, as instance metadata services write them. */
const tokenBody = (issued: MachineTokenAnswer, resource: string, { clientId, serverClock }: TokenSource) => {
  const left = msBetween(serverClock.now(), new Date(issued.expiresOn * 1000)) / 1000;
  const expiresIn = String(Math.max(0, Math.floor(left)));
  return {
    access_token: issued.accessToken,
    client_id: clientId,
    expires_in: expiresIn,
    expires_on: String(issued.expiresOn),
    ext_expires_in: expiresIn,
    not_before: String(issued.notBefore),
    resource,
    token_type: 'Bearer',
  };
};

/** Never 401, which clients take for a new challenge. */
const failed = (failure: ControlPlaneFailure): Reply => {
  const description = `${failure.code}: ${failure.message}`;
  if (failure.kind === 'unreachable' || failure.status >= 500 || failure.status === 429)
    return refusal('temporarily_unavailable', description);
  return refusal(failure.status === 400 ? 'invalid_request' : 'unauthorized_client', description);
};
