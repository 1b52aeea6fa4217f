import { directoryRoles, verifyPassword } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { createTenant } from './create-tenant.ts';
import { listTenants } from './list-tenants.ts';
import { setTenant } from './set-tenant.ts';

const { tools, printed } = await createTestAdministration('tenant-commands', afterAll);
const { stores, tenant } = tools;

interface Created {
  readonly tenant: Uuid;
  readonly domain: string;
  readonly administrator: { readonly username: string; readonly password: string };
}

describe('holdfast tenant create', () => {
  test('makes a tenant whose administrator may do everything in it, and can sign in with what was printed', async () => {
    await createTenant(tools, { name: 'Second', domain: 'Second.Example' });
    const [made] = printed<Created>();
    expect(made).toMatchObject({ domain: 'second.example', administrator: { username: 'admin@second.example' } });
    const id = made?.tenant as Uuid;
    const admin = await stores.users.findByName(id, 'admin@second.example');
    expect(await verifyPassword(admin?.passwordHash ?? '', made?.administrator.password ?? '')).toBe(true);
    const roles = await stores.directoryRoles.listOfPrincipal(id, admin?.id as Uuid);
    expect(roles).toEqual([directoryRoles.globalAdministrator]);
    expect(await stores.roleAssignments.listOfPrincipal(id, admin?.id as Uuid)).toHaveLength(1);
    const keys = await stores.signingKeys.listSigningKeys(id);
    expect(keys.map(({ algorithm }) => algorithm).toSorted()).toEqual(['ES256', 'RS256']);
  });

  test.each([
    ['a domain that is taken', { name: 'Third', domain: tenant.defaultDomain.toUpperCase() }, /already/],
    ['a domain of one label', { name: 'Third', domain: 'common' }, /must be a DNS name/],
    ['a domain with a space', { name: 'Third', domain: 'a b.example' }, /must be a DNS name/],
    ['no name', { name: ' ', domain: 'third.example' }, /--name/],
  ])('refuses %s', async (_, options, reason) => {
    await expect(createTenant(tools, options)).rejects.toThrow(reason);
  });
});

test('holdfast tenant list prints all of them, oldest first', async () => {
  await listTenants(tools);
  const [tenants] = printed<{ tenant: Uuid }[]>();
  expect(tenants?.map((each) => each.tenant)[0]).toBe(tenant.id);
});

describe('holdfast tenant set', () => {
  test('changes what is named and nothing else', async () => {
    await setTenant(tools, { usersMayRegisterApplications: 'true' });
    expect(printed()).toMatchObject([{ usersMayRegisterApplications: true, usersMayConsent: true }]);
    const kept = await stores.directory.findTenant(tenant.id);
    expect(kept).toEqual({ ...tenant, policy: { usersMayRegisterApplications: true, usersMayConsent: true } });
  });

  test('wants to know what', async () => {
    await expect(setTenant(tools, {})).rejects.toThrow(/what to set/);
  });
});
