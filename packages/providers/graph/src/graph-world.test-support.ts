import type { DirectoryRoleId, ServicePrincipal, SignIn, Tenant, User } from '@holdfast/directory';
import { directoryRoles, noRedirectUris } from '@holdfast/directory';
import { err, ok, type Uuid } from '@holdfast/kernel';
import {
  createInMemoryConditionalAccess,
  createInMemoryConsents,
  createInMemoryMemberships,
  createInMemoryObjects,
  createInMemoryOwners,
  createInMemoryRoles,
  createInMemorySignIns,
} from './in-memory/links.test-support.ts';
import {
  createInMemoryApplications,
  createInMemoryGroups,
  createInMemoryUsers,
} from './in-memory/objects.test-support.ts';
import type { GraphDependencies, Passwords } from './stores.ts';

export const now = new Date('2026-03-01T12:00:00.000Z');
export const domain = 't.example';

const uuid = (text: string) => text as Uuid;
export const tenantId = uuid('11111111-1111-4111-8111-111111111111');
export const otherTenantId = uuid('22222222-2222-4222-8222-222222222222');

/** The people of the first tenant, by what they are there, and one of another. */
export const people = {
  administrator: uuid('aaaaaaaa-0000-4000-8000-000000000001'),
  secondAdministrator: uuid('aaaaaaaa-0000-4000-8000-000000000002'),
  applicationAdministrator: uuid('aaaaaaaa-0000-4000-8000-000000000003'),
  userAdministrator: uuid('aaaaaaaa-0000-4000-8000-000000000004'),
  reader: uuid('aaaaaaaa-0000-4000-8000-000000000005'),
  member: uuid('aaaaaaaa-0000-4000-8000-000000000006'),
  owner: uuid('aaaaaaaa-0000-4000-8000-000000000007'),
  foreigner: uuid('aaaaaaaa-0000-4000-8000-000000000008'),
} as const;

/** Applications by what their service principals hold; `id` of the application, `principalId` of its principal. */
export const programs = {
  plain: program('bbbbbbbb', '01'),
  /** Owned by `owner`, as all of the next are. */
  owned: program('bbbbbbbb', '02'),
  /** Holds a directory role. */
  administering: program('bbbbbbbb', '03'),
  /** Has a permission on the directory's API. */
  permitted: program('bbbbbbbb', '04'),
  foreign: program('bbbbbbbb', '09'),
} as const;

export const groups = {
  plain: uuid('cccccccc-0000-4000-8000-000000000001'),
  /** Owned by `owner`. */
  owned: uuid('cccccccc-0000-4000-8000-000000000002'),
  /** Holds a directory role. */
  administering: uuid('cccccccc-0000-4000-8000-000000000003'),
  /** A member of the one before. */
  within: uuid('cccccccc-0000-4000-8000-000000000004'),
  foreign: uuid('cccccccc-0000-4000-8000-000000000009'),
} as const;

/** The identity of a machine. */
export const machine = uuid('dddddddd-0000-4000-8000-000000000001');

function program(prefix: string, number: string) {
  return {
    id: uuid(`${prefix}-0001-4000-8000-0000000000${number}`),
    appId: uuid(`${prefix}-0002-4000-8000-0000000000${number}`),
    principalId: uuid(`${prefix}-0003-4000-8000-0000000000${number}`),
  };
}

/** Says of a password whether it is long enough; the hash is the password backwards. */
export const passwords: Passwords = {
  check: async (password) => (password.length < 12 ? err('It is too short.') : ok(true)),
  hash: async (password) => [...password].reverse().join(''),
  verify: async ({ passwordHash }, password) => passwordHash === [...password].reverse().join(''),
};

export const createGraphWorld = async (signIns: readonly SignIn[] = []): Promise<GraphDependencies> => {
  const dependencies = createEmptyWorld(signIns);
  await addPeople(dependencies);
  await addGroups(dependencies);
  await addPrograms(dependencies);
  return dependencies;
};

const createEmptyWorld = (signIns: readonly SignIn[]): GraphDependencies => {
  let count = 0;
  const users = createInMemoryUsers();
  const groupStore = createInMemoryGroups();
  const applications = createInMemoryApplications();
  const objects = createInMemoryObjects({ users, groups: groupStore, ...applications });
  const memberships = createInMemoryMemberships(groupStore, objects);
  return {
    ...applications,
    users,
    groups: groupStore,
    objects,
    memberships,
    owners: createInMemoryOwners(objects),
    roles: createInMemoryRoles(memberships, objects),
    consents: createInMemoryConsents(),
    conditionalAccess: createInMemoryConditionalAccess(),
    signIns: createInMemorySignIns(signIns),
    tenants: {
      findTenant: async (id) => [tenantOf(tenantId), tenantOf(otherTenantId)].find((tenant) => tenant.id === id),
    },
    random: {
      bytes: (length) => {
        count += 1;
        const bytes = new Uint8Array(length).fill(count % 251);
        bytes[0] = Math.floor(count / 251);
        return bytes;
      },
    },
    passwords,
    ownNames: ['https://graph.example', 'https://arm.example', 'https://management.azure.com'],
  };
};

const tenantOf = (id: Uuid): Tenant => ({
  id,
  displayName: id === tenantId ? 'Contoso' : 'Fabrikam',
  defaultDomain: id === tenantId ? domain : 'other.example',
  policy: { usersMayRegisterApplications: false, usersMayConsent: true },
});

const addPeople = async ({ users, roles }: GraphDependencies): Promise<void> => {
  const held: Partial<Record<keyof typeof people, DirectoryRoleId>> = {
    administrator: directoryRoles.globalAdministrator,
    secondAdministrator: directoryRoles.globalAdministrator,
    applicationAdministrator: directoryRoles.applicationAdministrator,
    userAdministrator: directoryRoles.userAdministrator,
    reader: directoryRoles.directoryReaders,
    foreigner: directoryRoles.globalAdministrator,
  };
  for (const [name, id] of Object.entries(people)) {
    const home = name === 'foreigner' ? otherTenantId : tenantId;
    await users.insert(userNamed(name, { id, tenantId: home }));
    const roleId = held[name as keyof typeof people];
    if (roleId !== undefined) await roles.assign({ id, tenantId: home, principalId: id, roleId });
  }
};

export const userNamed = (name: string, { id, tenantId: home }: { id: Uuid; tenantId: Uuid }): User => ({
  id,
  tenantId: home,
  userPrincipalName: `${name}@${home === tenantId ? domain : 'other.example'}`,
  displayName: name,
  profile: { mailNickname: name },
  passwordHash: 'current-password-of-many-words'.split('').reverse().join(''),
  mustChangePassword: false,
  passwordChangedAt: new Date(0),
  enabled: true,
  totp: { sealedSecret: new Uint8Array(8), lastStep: 0 },
  external: undefined,
  tokensValidFrom: new Date(0),
  createdAt: new Date(0),
});

const addGroups = async (dependencies: GraphDependencies): Promise<void> => {
  for (const [name, id] of Object.entries(groups)) {
    await dependencies.groups.insert({
      id,
      tenantId: name === 'foreign' ? otherTenantId : tenantId,
      displayName: `${name} group`,
      description: undefined,
      mailNickname: name,
      createdAt: new Date(0),
    });
  }
  await dependencies.memberships.add({ tenantId, groupId: groups.administering, memberId: groups.within });
  await dependencies.memberships.add({ tenantId, groupId: groups.plain, memberId: people.member });
  await dependencies.owners.add({ tenantId, objectId: groups.owned, ownerId: people.owner });
  const roleId = directoryRoles.userAdministrator;
  await dependencies.roles.assign({ id: groups.administering, tenantId, principalId: groups.administering, roleId });
};

const addPrograms = async (dependencies: GraphDependencies): Promise<void> => {
  for (const [name, ids] of Object.entries(programs)) await addProgram(dependencies, name, ids);
  await dependencies.servicePrincipals.insert({
    ...principalOf('machine', { ...programs.plain, principalId: machine, appId: machine }),
    applicationId: undefined,
    kind: 'ManagedIdentity',
  });
  const { principalId } = programs.administering;
  const roleId = directoryRoles.globalAdministrator;
  await dependencies.roles.assign({ id: principalId, tenantId, principalId, roleId });
};

type ProgramIds = (typeof programs)['plain'];

const addProgram = async (dependencies: GraphDependencies, name: string, ids: ProgramIds): Promise<void> => {
  const { applications, servicePrincipals, owners } = dependencies;
  const principal = principalOf(name, ids);
  const { appId, tenantId: home, displayName, identifierUris } = principal;
  await applications.insert({
    id: ids.id,
    tenantId: home,
    appId,
    displayName,
    identifierUris,
    redirectUris: noRedirectUris,
    isFallbackPublicClient: false,
    manifest: {},
    secrets: [],
    certificates: [],
    federatedCredentials: [],
    createdAt: new Date(0),
  });
  await servicePrincipals.insert(principal);
  if (name === 'plain') return;
  for (const objectId of [ids.id, ids.principalId])
    await owners.add({ tenantId: home, objectId, ownerId: people.owner });
};

const principalOf = (name: string, { id, appId, principalId }: ProgramIds): ServicePrincipal => ({
  id: principalId,
  tenantId: name === 'foreign' ? otherTenantId : tenantId,
  appId,
  applicationId: id,
  kind: 'Application',
  displayName: `${name} program`,
  enabled: true,
  identifierUris: [`api://${name}`],
  permissions: name === 'permitted' ? ['User.Read.All'] : [],
  tags: [],
  createdAt: new Date(0),
});
