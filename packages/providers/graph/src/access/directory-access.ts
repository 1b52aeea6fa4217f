import type { OwnedKind, Principal } from '@holdfast/contracts';
import { findDirectoryRole, type Tenant } from '@holdfast/directory';
import { type Clock, createTimedCache, seconds, type Uuid } from '@holdfast/kernel';
import { parseObjectKey } from '../application/application-key.ts';
import { findApplicationByAppId } from '../application/require-application.ts';
import { findServicePrincipalByAppId } from '../service-principal/require-service-principal.ts';
import type { GraphStores } from '../stores.ts';

/** What some role lets its holders do: `actions` less `notActions`, patterns both. */
export interface RoleActions {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

export interface OwnershipQuestion {
  readonly tenantId: Uuid;
  readonly principalId: Uuid;
  readonly kind: OwnedKind;
  /** As the path names it. */
  readonly key: string;
}

export type DirectoryAccessStores = Pick<
  GraphStores,
  'tenants' | 'roles' | 'owners' | 'applications' | 'servicePrincipals'
>;

/** A changed role is in force everywhere after this long. */
const maxAge = seconds(2);

/** Who may do what in the directory, for the pipeline. Roles are remembered for two seconds, ownership is not. */
export const createDirectoryAccess = (stores: DirectoryAccessStores, clock: Clock) => {
  const cache = createTimedCache({
    clock,
    capacity: 10_000,
    load: (key) => {
      const [kind, tenantId, principalId] = key.split(' ') as [Principal['kind'], Uuid, Uuid];
      return loadRoles(stores, { kind, tenantId, objectId: principalId });
    },
  });
  return {
    rolesOf: async ({ kind, tenantId, objectId }: Principal): Promise<readonly RoleActions[]> =>
      (await cache.get(`${kind} ${tenantId} ${objectId}`, maxAge)) ?? [],
    isOwner: async ({ tenantId, principalId, kind, key }: OwnershipQuestion): Promise<boolean> => {
      const objectId = await findOwned(stores, tenantId, { kind, key });
      return objectId !== undefined && stores.owners.isOwner({ tenantId, objectId, ownerId: principalId });
    },
  };
};

const loadRoles = async (
  { roles, tenants }: DirectoryAccessStores,
  { kind, tenantId, objectId }: Pick<Principal, 'kind' | 'tenantId' | 'objectId'>,
): Promise<readonly RoleActions[]> => {
  const tenant = await tenants.findTenant(tenantId);
  if (tenant === undefined) return [];
  const held = await roles.listOfPrincipal(tenantId, objectId);
  const known = held.map(findDirectoryRole).filter((role) => role !== undefined);
  return kind === 'User' ? [everyMember(tenant), ...known] : known;
};

/** What every person of a tenant may do, as Entra's members may: see who and what is there, and mind their own. */
const everyMember = ({ policy }: Tenant): RoleActions => ({
  actions: [
    'microsoft.directory/users/read',
    'microsoft.directory/groups/read',
    'microsoft.directory/applications/read',
    'microsoft.directory/servicePrincipals/read',
    'microsoft.directory/organization/read',
    'microsoft.directory/me/*',
    // For the applications that somebody owns.
    'microsoft.directory/servicePrincipals/createOwned',
    ...(policy.usersMayRegisterApplications ? ['microsoft.directory/applications/create'] : []),
  ],
  notActions: [],
});

const findOwned = async (
  stores: DirectoryAccessStores,
  tenantId: Uuid,
  { kind, key }: Pick<OwnershipQuestion, 'kind' | 'key'>,
): Promise<Uuid | undefined> => {
  const wanted = parseObjectKey(key);
  if (wanted === undefined || wanted.by === 'id') return wanted?.id;
  if (kind === 'application') return (await findApplicationByAppId(stores, tenantId, wanted.id))?.id;
  return kind === 'servicePrincipal' ? (await findServicePrincipalByAppId(stores, tenantId, wanted.id))?.id : undefined;
};
