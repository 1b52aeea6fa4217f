import { parseEndpoint } from '@holdfast/agent-runtime';
import { agentError } from '../agent-error.ts';
import type { HttpAnswer, HttpClient } from './http.ts';
import { explainNetworkFailure } from './network-failure.ts';
import { listOf, memberOf, textOf } from './wire.ts';

/** Where a control plane's parts are, as it describes itself. Origins have no trailing slash. */
export interface CloudEndpoints {
  readonly resourceManager: string;
  readonly login: string;
  /** What tokens for the resource manager are asked for. */
  readonly audience: string;
  readonly name: string;
  /** The Date header of the answer. */
  readonly serverTime: Date | undefined;
}

export interface CheckSettings {
  readonly http: HttpClient;
  readonly endpoint: string;
}

/**
 * The connectivity check: the control plane's own description, which also proves its name and certificate.
 * @throws AZCM0026 with the reason
 */
export const findCloudEndpoints = async ({ http, endpoint }: CheckSettings): Promise<CloudEndpoints> => {
  const url = `${endpoint}/metadata/endpoints?api-version=2022-09-01`;
  const answer = await http
    .send({ method: 'GET', url, headers: { accept: 'application/json' } })
    .catch(async (cause) => {
      throw agentError('AZCM0026', await explainNetworkFailure(cause, endpoint), { cause });
    });
  if (answer.status !== 200) throw agentError('AZCM0026', refusalOf(answer, endpoint));
  const authentication = memberOf(answer.json, 'authentication');
  const audience = listOf(authentication, 'audiences')[0];
  if (typeof audience !== 'string') throw agentError('AZCM0026', notControlPlane(endpoint));
  return {
    resourceManager: originIn(textOf(answer.json, 'resourceManager'), endpoint),
    login: originIn(textOf(authentication, 'loginEndpoint'), endpoint),
    audience: audience.replace(/\/$/, ''),
    name: textOf(answer.json, 'name') ?? 'AzureCloud',
    serverTime: serverTimeOf(answer),
  };
};

/** What holds when the description cannot be had and the user goes on without: one origin for everything. */
export const assumedCloudEndpoints = (endpoint: string): CloudEndpoints => ({
  resourceManager: endpoint,
  login: endpoint,
  audience: endpoint,
  name: 'AzureCloud',
  serverTime: undefined,
});

const refusalOf = (answer: HttpAnswer, endpoint: string): string => {
  const message = textOf(memberOf(answer.json, 'error'), 'message');
  if (message !== undefined) return `${endpoint} answered ${answer.status}: ${message}`;
  return `${notControlPlane(endpoint)} (it answered ${answer.status})`;
};

const notControlPlane = (endpoint: string): string => `${endpoint} does not answer like a control plane`;

/** Secrets go to these origins: they too must be https, or this machine's own. */
const originIn = (raw: string | undefined, endpoint: string): string => {
  const origin = parseEndpoint(raw ?? '');
  if (!origin.ok) throw agentError('AZCM0026', `${notControlPlane(endpoint)}: ${origin.error}`);
  return origin.value;
};

const serverTimeOf = (answer: HttpAnswer): Date | undefined => {
  const at = new Date(answer.headers.date ?? '');
  return Number.isNaN(at.getTime()) ? undefined : at;
};
