import type { IncomingMessage } from 'node:http';
import type { AgentStatus } from '../local-api/messages.ts';
import type { Challenges } from './challenges.ts';
import { refuseForeign } from './guard.ts';
import { computeDocument } from './instance-document.ts';
import { type Reply, refusal } from './reply.ts';
import { answerToken, notConnected, type TokenSource } from './token-route.ts';

/** What the endpoint tells of; everything but new tokens is served from memory, also while the control plane is away. */
export interface MetadataSource {
  status(): AgentStatus;
  /** Null while the machine is not connected. */
  tokenSource(): TokenSource | null;
  readonly challenges: Challenges;
}

interface Route {
  /** Whether the `Metadata: true` header is asked for: no browser sends it unasked. */
  readonly guarded: boolean;
  answer(source: MetadataSource, asked: Asked): Reply | Promise<Reply>;
}

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
}

const routes: Readonly<Record<string, Route>> = {
  '/metadata/identity/oauth2/token': {
    guarded: true,
    answer: (source, asked) => answerToken(asked, source.tokenSource(), source.challenges),
  },
  '/metadata/instance': {
    guarded: true,
    answer: (source) => known(computeDocument(source.status()), (compute) => ({ compute, network: {} })),
  },
  '/metadata/instance/compute': {
    guarded: true,
    answer: (source) => known(computeDocument(source.status()), (compute) => compute),
  },
  '/metadata/identity/info': {
    guarded: true,
    answer: (source) => known(source.status().target, ({ tenantId }) => ({ tenantId })),
  },
  '/agentstatus': { guarded: false, answer: (source) => ({ status: 200, body: agentStatus(source.status()) }) },
};

/** Answers one request. The order of the checks decides which refusal wins. */
export const answerRequest = async (source: MetadataSource, request: IncomingMessage): Promise<Reply> => {
  const foreign = refuseForeign(request);
  if (foreign !== undefined) return foreign;
  const asked = askedOf(request);
  const route = Object.hasOwn(routes, asked.path) ? routes[asked.path] : undefined;
  if (route === undefined) return refusal('not_found', `Nothing is served at '${asked.path}'.`);
  if (request.method !== 'GET') return refusal('method_not_allowed', 'Only GET is answered.', { Allow: 'GET' });
  if (route.guarded && request.headers.metadata?.toString().toLowerCase() !== 'true')
    return refusal('invalid_request', "The header 'Metadata: true' is required.");
  return route.answer(source, asked);
};

const askedOf = (request: IncomingMessage): Asked => {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    path: path
      .replace(/\/{2,}/g, '/')
      .replace(/(?<=.)\/$/, '')
      .toLowerCase(),
    query: new URLSearchParams(query),
    authorization: request.headers.authorization,
  };
};

const known = <T>(value: T | null, render: (value: T) => unknown): Reply =>
  value === null ? notConnected() : { status: 200, body: render(value) };

const agentStatus = (status: AgentStatus) => ({
  status: status.state,
  agentVersion: status.agentVersion,
  lastHeartbeat: status.lastHeartbeat,
  errorCode: status.error?.code ?? '',
  errorDetails: status.error?.message ?? '',
});
