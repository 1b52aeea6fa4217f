import { apiVersion, type SubscriptionId, scopeOf } from '@holdfast/arm';
import { findBuiltInRole } from '@holdfast/authorization';
import type { Principal, RequestContext, ScopeParameters } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import { createInMemoryAssignments, createInMemoryPlaces } from './in-memory-authorization.test-support.ts';
import type { PrincipalType } from './principals.ts';
import type { NewRoleAssignment } from './role-assignment/role-assignment.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
export const tenantId = '11111111-1111-4111-8111-111111111111' as Uuid;
export const otherTenantId = '11111111-1111-4111-8111-222222222222' as Uuid;
export const subscriptionId = 'dddddddd-0000-4000-8000-000000000001' as SubscriptionId;
export const disabledId = 'dddddddd-0000-4000-8000-000000000002' as SubscriptionId;

export const ann = 'aaaaaaaa-0000-4000-8000-000000000001' as Uuid;
export const team = 'aaaaaaaa-0000-4000-8000-000000000002' as Uuid;
export const robot = 'aaaaaaaa-0000-4000-8000-000000000003' as Uuid;
export const stranger = 'aaaaaaaa-0000-4000-8000-000000000004' as Uuid;

export const caller: Principal = { kind: 'User', tenantId, objectId: ann, name: 'ann' };

export const contextWith = (overrides: Partial<RequestContext<Principal>> = {}): RequestContext<Principal> => ({
  now,
  correlationId: 'c',
  caller,
  apiVersion: apiVersion('2022-04-01'),
  origin: 'https://arm.example:8443',
  visibility: 'everything',
  conditions: {},
  ...overrides,
});

/** The parameters of the path to a place of each kind. */
export const at = {
  tenant: {},
  subscription: { subscriptionId },
  group: { subscriptionId, resourceGroupName: 'Web-Rg' },
  machine: {
    subscriptionId,
    resourceGroupName: 'Web-Rg',
    resourceProviderNamespace: 'Microsoft.HybridCompute',
    resourceType: 'machines',
    resourceName: 'M1',
  },
} satisfies Record<string, ScopeParameters>;

export const subscriptionScope = `/subscriptions/${subscriptionId}`;
export const groupScope = `${subscriptionScope}/resourceGroups/Web-Rg`;
export const machineScope = `${groupScope}/providers/Microsoft.HybridCompute/machines/M1`;

export const roleId = (name: string): Uuid => {
  const role = findBuiltInRole(name);
  if (role === undefined) throw new Error(`there is no role ${name}`);
  return role.id;
};

let made = 0;

/** A grant that is there already. */
export const grant = (principalId: Uuid, role: string, place: string): NewRoleAssignment => ({
  id: `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}` as Uuid,
  tenantId,
  roleId: roleId(role),
  principalId,
  scope: scopeOf(place),
  place,
  createdAt: new Date(0),
  createdBy: 'first start',
});

/** A person, a group she is in and a program; an enabled subscription with a group and a machine, and a disabled one. */
export const createAuthorizationWorld = (seed: readonly NewRoleAssignment[] = []) => {
  const kinds = new Map<Uuid, PrincipalType>([
    [ann, 'User'],
    [team, 'Group'],
    [robot, 'ServicePrincipal'],
  ]);
  const scopes = [subscriptionScope, groupScope, machineScope, `/subscriptions/${disabledId}`];
  return {
    assignments: createInMemoryAssignments({ kinds, groups: new Map([[ann, [team]]]) }, seed),
    principals: {
      find: async (tenant: Uuid, id: Uuid) => {
        const kind = tenant === tenantId ? kinds.get(id) : undefined;
        return kind && { kind };
      },
    },
    places: createInMemoryPlaces(
      tenantId,
      scopes.map((scope) => scope.toLowerCase()),
      [`/subscriptions/${disabledId}`],
    ),
  };
};
