import { armError, type SubscriptionId, scopeOf } from '@holdfast/arm';
import { type Assignment, builtInRoles, findBuiltInRole } from '@holdfast/authorization';
import type { Answer, Operation, OperationRequest } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createHttpHost, hostOperations } from './http-host.ts';
import { createRequestMetrics } from './metrics.ts';
import type { AccessReader, DirectoryAccess, HandlerTable, PipelineDependencies } from './ports.ts';
import { machineKeys } from './test-machines.test-support.ts';
import {
  graphOrigin,
  groupReader,
  loginOrigin,
  nobody,
  now,
  origin,
  owner,
  standing,
  tenantId,
  tokenKeys,
} from './test-tokens.test-support.ts';

export const subscriptionId = 'dddddddd-0000-4000-8000-000000000001' as SubscriptionId;
export const subscription = `/subscriptions/${subscriptionId}`;
export const things = `${subscription}/resourceGroups/G1/providers/Test.Things/things`;
export const version = 'api-version=2024-01-01';

const template = '/subscriptions/{subscriptionId}/resourceGroups/{groupName}/providers/Test.Things/things';
const versions = { resourceType: 'Test.Things/things', oldest: '2024-01-01', listed: ['2024-01-01'] };
const coreVersions = { oldest: '2020-01-01', listed: ['2020-01-01', '2024-01-01'] };
const body = {
  type: 'object',
  required: ['size'],
  properties: { size: { type: 'integer' }, colour: { type: 'string' } },
} as const;
const read = { effect: 'read', versions, action: 'Test.Things/things/read' } as const;
const write = { effect: 'write', versions, action: 'Test.Things/things/write' } as const;

/** One operation of each kind. */
export const operations: readonly Operation[] = [
  { id: 'Things_Get', method: 'GET', path: `${template}/{thingName}`, access: 'authorized', ...read },
  { id: 'Things_Check', method: 'HEAD', path: `${template}/{thingName}`, access: 'authorized', ...read },
  { id: 'Things_Put', method: 'PUT', path: `${template}/{thingName}`, access: 'authorized', body, ...write },
  {
    id: 'Things_List',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Test.Things/things',
    scope: '/subscriptions/{subscriptionId}',
    access: 'filtered',
    ...read,
  },
  {
    id: 'Subscriptions_List',
    method: 'GET',
    path: '/subscriptions',
    scope: '/',
    access: 'filtered',
    effect: 'read',
    versions: coreVersions,
  },
  {
    id: 'Metadata_Get',
    method: 'GET',
    path: '/metadata/endpoints',
    access: 'anonymous',
    effect: 'read',
    versions: coreVersions,
  },
  { id: 'Caller_Get', method: 'GET', path: '/me', access: 'signed-in', effect: 'read' },
  { id: 'Agent_Beat', method: 'POST', path: '/agent/v1/beat', access: 'machine', effect: 'read', body },
  {
    id: 'Applications_Get',
    method: 'GET',
    path: '/v1.0/applications/{id}',
    access: 'directory',
    action: 'microsoft.directory/applications/read',
    effect: 'read',
  },
  {
    id: 'Applications_Update',
    method: 'PATCH',
    path: '/v1.0/applications/{id}',
    access: 'directory',
    action: 'microsoft.directory/applications/update',
    ownedBy: 'application',
    body: { ...body, additionalProperties: false },
    effect: 'write',
  },
  {
    id: 'Users_Get',
    method: 'GET',
    path: '/v1.0/users/{id}',
    access: 'directory',
    action: 'microsoft.directory/users/read',
    effect: 'read',
  },
  {
    id: 'Me_Get',
    method: 'GET',
    path: '/v1.0/me',
    access: 'directory',
    action: 'microsoft.directory/me/read',
    effect: 'read',
  },
  { id: 'Agent_Write', method: 'POST', path: '/agent/v1/write', access: 'machine', effect: 'write' },
];

const grant = (principalId: Uuid, role: string, scope: string): Assignment => {
  const roleId = findBuiltInRole(role)?.id;
  if (roleId === undefined) throw new Error(`there is no role ${role}`);
  return { id: principalId, roleId, principalId, scope: scopeOf(scope) };
};

const access: AccessReader = {
  assignmentsOf: async (tenant, principalId) =>
    [
      grant(owner, 'Owner', '/'),
      grant(groupReader, 'Reader', `${subscription}/resourceGroups/G1`),
      grant(groupReader, 'Azure Connected Machine Onboarding', `${subscription}/resourceGroups/G2`),
    ].filter((each) => tenant === tenantId && each.principalId === principalId),
  roles: async () => new Map(builtInRoles.map((role) => [role.id, role])),
};

/** `owner` administers applications; everybody may read; `nobody` owns the application `mine`. */
const directoryAccess: DirectoryAccess = {
  rolesOf: async ({ kind, tenantId: tenant, objectId }) => [
    ...(kind === 'User' && tenant === tenantId
      ? [{ actions: ['microsoft.directory/*/read', 'microsoft.directory/me/*'], notActions: [] }]
      : []),
    ...(objectId === owner && tenant === tenantId
      ? [{ actions: ['microsoft.directory/applications/*'], notActions: [] }]
      : []),
  ],
  isOwner: async ({ tenantId: tenant, principalId, kind, key }) =>
    tenant === tenantId && principalId === nobody && kind === 'application' && key === 'mine',
};

/** Answers with what it was asked; a thing's name can ask for trouble. */
const echo =
  (transaction: number | undefined) =>
  async ({ context, parameters, query, body: given }: OperationRequest): Promise<Answer> => {
    const { thingName } = parameters as { thingName?: string };
    if (thingName === 'crash') throw new Error('connection to postgres://holdfast:hunter2@db failed');
    if (thingName === 'taken') throw armError('MachineKeyInUse', {}, { cause: new Error('hunter2'), target: 'key' });
    if (thingName === 'busy') throw armError('TooManyRequests', { seconds: 10 });
    if (thingName === 'unsendable') return { status: 200, headers: { location: 'https://x/☃' } };
    if (thingName === 'away') throw armError('ServiceUnavailable', {});
    return {
      status: 200,
      body: { ...context, parameters, query: Object.fromEntries(query), body: given, transaction },
    };
  };

export const createTestHost = (overrides: Partial<PipelineDependencies> = {}) => {
  const logged: string[] = [];
  const table = (transaction?: number) =>
    Object.fromEntries(operations.map(({ id }) => [id, echo(transaction)])) as HandlerTable;
  let transactions = 0;
  const host = createHttpHost(undefined);
  const dependencies: PipelineDependencies = {
    clock: { now: () => now, sleep: async () => undefined },
    random: { bytes: (length) => new Uint8Array(length).fill(255) },
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) }),
    operations,
    handlers: { read: table(), write: (work) => work(table(++transactions)) },
    tokenKeys,
    standing,
    access,
    directoryAccess,
    machineKeys,
    tenants: { tenantOf: async (id) => (id === subscriptionId ? tenantId : undefined) },
    origin,
    graphOrigin,
    loginOrigin,
    ...overrides,
  };
  hostOperations(host, dependencies, createRequestMetrics(new Registry()));
  return { host, logged };
};
