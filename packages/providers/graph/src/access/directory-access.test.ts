import { directoryRoles } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import {
  createGraphWorld,
  groups,
  now,
  otherTenantId,
  people,
  programs,
  tenantId,
} from '../graph-world.test-support.ts';
import { createDirectoryAccess } from './directory-access.ts';

const open = async () => {
  const world = await createGraphWorld();
  let at = now;
  const access = createDirectoryAccess(world, { now: () => at, sleep: async () => undefined });
  return { world, access, wait: (ms: number) => (at = addMs(at, ms)) };
};
const member = { kind: 'User', tenantId, objectId: people.member, name: 'member' } as const;

describe('roles', () => {
  test('of a person are those held, and what every member may do', async () => {
    const { access } = await open();
    const [everybody, ...held] = await access.rolesOf({ ...member, objectId: people.userAdministrator });
    expect(everybody?.actions).toContain('microsoft.directory/users/read');
    expect(held).toMatchObject([{ id: directoryRoles.userAdministrator }]);
  });

  test('of a program are those held, and nothing else', async () => {
    const { access } = await open();
    const program = { ...member, kind: 'Application' } as const;
    expect(await access.rolesOf({ ...program, objectId: programs.plain.principalId })).toEqual([]);
    expect(await access.rolesOf({ ...program, objectId: programs.administering.principalId })).toMatchObject([
      { id: directoryRoles.globalAdministrator },
    ]);
  });

  test('are of one’s own tenant', async () => {
    const { access } = await open();
    expect(await access.rolesOf({ ...member, tenantId: otherTenantId, objectId: people.administrator })).toHaveLength(
      1,
    );
    expect(await access.rolesOf({ ...member, tenantId: people.member })).toEqual([]);
  });

  test('that were given or taken are in force after two seconds', async () => {
    const { access, world, wait } = await open();
    const count = async () => (await access.rolesOf(member)).length;
    expect(await count()).toBe(1);
    const grant = { tenantId, principalId: people.member, roleId: directoryRoles.directoryReaders };
    await world.roles.assign({ id: people.member, ...grant });
    wait(2_000);
    expect(await count()).toBe(1);
    wait(1);
    expect(await count()).toBe(2);
  });

  test('let everybody register applications only where the tenant says so', async () => {
    const world = await createGraphWorld();
    const createApplication = 'microsoft.directory/applications/create';
    for (const allowed of [true, false]) {
      const tenant = await world.tenants.findTenant(tenantId);
      const policy = { usersMayRegisterApplications: allowed, usersMayConsent: true };
      const tenants = { findTenant: async () => tenant && { ...tenant, policy } };
      const access = createDirectoryAccess({ ...world, tenants }, { now: () => now, sleep: async () => undefined });
      const [everybody] = await access.rolesOf(member);
      expect(everybody?.actions.includes(createApplication)).toBe(allowed);
    }
  });
});

describe('ownership', () => {
  const { id, appId, principalId } = programs.owned;
  test.each([
    [true, 'application', id],
    [true, 'application', `appId='${appId}'`],
    [true, 'application', `APPID='${appId.toUpperCase()}'`],
    [true, 'servicePrincipal', principalId],
    [true, 'servicePrincipal', `appId='${appId}'`],
    [true, 'group', groups.owned],
    [false, 'application', appId],
    [false, 'application', `appId='${programs.plain.appId}'`],
    [false, 'application', `appId='${appId}' or true`],
    [false, 'group', `appId='${appId}'`],
    [false, 'group', groups.plain],
    [false, 'application', 'x'],
    [false, 'application', ''],
  ] as const)('%s: %s %s', async (owned, kind, key) => {
    const { access } = await open();
    expect(await access.isOwner({ tenantId, principalId: people.owner, kind, key })).toBe(owned);
    expect(await access.isOwner({ tenantId, principalId: people.member, kind, key })).toBe(false);
    expect(await access.isOwner({ tenantId: otherTenantId, principalId: people.owner, kind, key })).toBe(false);
  });
});
