import { generateKeyPairSync, sign } from 'node:crypto';
import { graphOperations } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { createHttpHost, type HandlerTable, hostOperations, type PipelineDependencies } from '@holdfast/pipeline';
import { createDirectoryAccess } from './access/directory-access.ts';
import { now, otherTenantId, people, tenantId } from './graph-world.test-support.ts';
import { graphHandlers } from './handlers.ts';
import type { GraphDependencies } from './stores.ts';

export const graphOrigin = 'https://graph.example';
const loginOrigin = 'https://login.example';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Who asks: a person in their own right, through a program that may do everything in their name, or a program. */
export type Asker =
  | keyof typeof people
  | { readonly person: Uuid; readonly scopes: string }
  | { readonly program: Uuid; readonly permissions: readonly string[]; readonly tenantId?: Uuid };

export interface Reply {
  readonly status: number;
  readonly body: ReturnType<typeof JSON.parse>;
}

export type Ask = (who: Asker, line: string, body?: unknown) => Promise<Reply>;

/** The directory's API over the real pipeline: `ask('member', 'GET /users')`. */
export const createGraphHost = (
  dependencies: GraphDependencies,
  table = graphHandlers(dependencies) as unknown as HandlerTable,
): Ask => {
  const host = createHttpHost(undefined);
  hostOperations(host, pipelineOver(dependencies, table), { begin: () => () => undefined });
  return async (who, line, body) => {
    const [method = '', path = ''] = line.split(/ (.*)/s);
    const reply = await host.inject({
      method: method as 'GET',
      url: path.startsWith('http') ? path.slice(graphOrigin.length) : `/v1.0${path}`,
      headers: {
        authorization: `Bearer ${tokenOf(who)}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    return { status: reply.statusCode, body: reply.body === '' ? undefined : reply.json() };
  };
};

/** Answers 200 to whatever passes the pipeline. */
export const createRightsHost = (dependencies: GraphDependencies): Ask => {
  const yes = Object.keys(graphOperations).map((id) => [id, async () => ({ status: 200 })]);
  return createGraphHost(dependencies, Object.fromEntries(yes) as HandlerTable);
};

const pipelineOver = (dependencies: GraphDependencies, table: HandlerTable): PipelineDependencies => {
  const clock = { now: () => now, sleep: async () => undefined };
  const silent = () => undefined;
  return {
    clock,
    random: dependencies.random,
    log: { info: silent, debug: silent, error: silent } as unknown as PipelineDependencies['log'],
    operations: Object.values(graphOperations),
    handlers: { read: table, write: (work) => work(table) },
    tokenKeys: { find: async () => keys.publicKey },
    standing: { find: async () => ({ enabled: true, tokensValidFrom: undefined, credentialIds: [] }) },
    access: { assignmentsOf: async () => [], roles: async () => new Map() },
    // A clock that stands still would remember roles for ever.
    directoryAccess: createDirectoryAccess(dependencies, { ...clock, now: ticking() }),
    machineKeys: { find: async () => undefined },
    tenants: { tenantOf: async () => undefined },
    origin: 'https://arm.example',
    graphOrigin,
    loginOrigin,
  };
};

const ticking = () => {
  let at = now.getTime();
  return () => {
    at += 60_000;
    return new Date(at);
  };
};

const tokenOf = (who: Asker): string => {
  const claims = claimsOf(who);
  const seconds = Math.floor(now.getTime() / 1000);
  const text = [
    { alg: 'RS256', kid: 'key-1' },
    { aud: graphOrigin, iss: `${loginOrigin}/${claims.tid}/`, iat: seconds, exp: seconds + 3600, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = sign('sha256', Buffer.from(text.join('.')), keys.privateKey);
  return [...text, signature.toString('base64url')].join('.');
};

const claimsOf = (who: Asker) => {
  if (typeof who === 'string') return claimsOfPerson(people[who], 'Directory.AccessAsUser.All');
  if ('person' in who) return claimsOfPerson(who.person, who.scopes);
  return { idtyp: 'app', oid: who.program, tid: who.tenantId ?? tenantId, appid: who.program, roles: who.permissions };
};

const claimsOfPerson = (id: Uuid, scp: string) => ({
  idtyp: 'user',
  oid: id,
  tid: id === people.foreigner ? otherTenantId : tenantId,
  upn: `${id}@t.example`,
  scp,
});
