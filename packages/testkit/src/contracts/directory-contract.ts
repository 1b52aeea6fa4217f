import type { NewServicePrincipal } from '@holdfast/directory';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directory' | 'directoryWriter' | 'managedIdentities'>;

export const directoryContract = (make: () => Promise<Stores>): void => {
  describe('directory store', () => {
    const fixtures = createFixtures('directory');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const putTenant = async () => {
      const tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
      return tenant;
    };

    const putProgram = async (overrides?: Partial<NewServicePrincipal>) => {
      const principal = fixtures.servicePrincipal(await putTenant(), overrides);
      await stores.directoryWriter.createServicePrincipal(principal);
      const { applicationObjectId: _application, createdAt: _created, ...client } = principal;
      return client;
    };

    describe('tenants in the directory', () => {
      test('a tenant is found by id and by domain', async () => {
        const tenant = await putTenant();
        expect(await stores.directory.findTenant(tenant.id)).toEqual(tenant);
        expect(await stores.directory.findTenant(tenant.defaultDomain)).toEqual(tenant);
        expect(await stores.directory.findTenant(fixtures.id())).toBeUndefined();
        expect(await stores.directory.findTenant('common')).toBeUndefined();
      });

      test("a tenant's name, domain and policy change, and no other's", async () => {
        const [tenant, other] = [await putTenant(), await putTenant()];
        const policy = { usersMayRegisterApplications: true, usersMayConsent: false };
        const changed = { ...fixtures.tenant({ displayName: 'New', policy }), id: tenant.id };
        await stores.directoryWriter.updateTenant(changed);
        expect(await stores.directory.findTenant(tenant.id)).toEqual(changed);
        expect(await stores.directory.findTenant(tenant.defaultDomain)).toBeUndefined();
        expect(await stores.directory.findTenant(other.id)).toEqual(other);
      });

      test('the tenant created first stays the default', async () => {
        await putTenant();
        const first = await stores.directory.defaultTenant();
        await putTenant();
        expect(await stores.directory.defaultTenant()).toEqual(first);
      });
    });

    describe('programs', () => {
      test('a client is found with all its credentials, the expired among them', async () => {
        const dates = { startsAt: new Date(0), endsAt: new Date(1) };
        const secret = (hint: string) => ({
          ...dates,
          id: fixtures.id(),
          displayName: 'ci',
          sha256: Buffer.alloc(32, hint),
          hint,
          lastUsedAt: undefined,
        });
        const certificate = {
          ...dates,
          id: fixtures.id(),
          displayName: 'CN=ci',
          certificateDer: Buffer.alloc(900, 0xfe),
          sha256Thumbprint: 'x5t#S256',
          sha1Thumbprint: 'x5t',
          lastUsedAt: fixtureTime,
        };
        const later = { ...secret('b'), startsAt: fixtureTime, endsAt: new Date('2028-02-29T23:59:59.999Z') };
        const client = await putProgram({
          secrets: [secret('a'), later],
          certificates: [certificate],
          federatedCredentials: ['main', 'a'].map((name) => createDirectoryFixtures(fixtures).federated(name)),
          redirectUris: { web: ['https://a/1', 'https://a/2'], spa: [], publicClient: ['http://localhost'] },
          isFallbackPublicClient: true,
          roles: ['Application.Read.All'],
        });
        expect(await stores.directory.findClient(client.tenantId, client.appId)).toEqual(client);
        expect(await stores.directoryWriter.listServicePrincipals(client.tenantId)).toEqual([client]);
      });

      test('a client of another tenant is neither found, listed nor deleted', async () => {
        const client = await putProgram();
        const other = await putTenant();
        expect(await stores.directory.findClient(other.id, client.appId)).toBeUndefined();
        expect(await stores.directoryWriter.listServicePrincipals(other.id)).toEqual([]);
        expect(await stores.directoryWriter.deleteServicePrincipal(other.id, client.objectId)).toBe(false);
        expect(await stores.directory.findClient(client.tenantId, client.appId)).toEqual(client);
      });

      test('a deleted client is gone with its application, once', async () => {
        const client = await putProgram();
        const { tenantId, objectId, appId } = client;
        expect(await stores.directoryWriter.deleteServicePrincipal(tenantId, objectId)).toBe(true);
        expect(await stores.directory.findClient(tenantId, appId)).toBeUndefined();
        expect(await stores.directoryWriter.deleteServicePrincipal(tenantId, objectId)).toBe(false);
      });

      test('an application id is used once', async () => {
        const { appId } = await putProgram();
        await expect(putProgram({ appId })).rejects.toThrow();
      });
    });

    describe('people', () => {
      test('a user name is taken once in a tenant, without letter case', async () => {
        const tenant = await putTenant();
        const user = fixtures.user(tenant, { userPrincipalName: 'Admin@example.com' });
        await stores.directoryWriter.createUser(user);
        const again = fixtures.user(tenant, { userPrincipalName: 'aDMIN@example.com' });
        await expect(stores.directoryWriter.createUser(again)).rejects.toThrow();
        await stores.directoryWriter.createUser({ ...again, tenantId: (await putTenant()).id });
      });
    });

    describe('machine identities', () => {
      test('they are no clients, and the directory does not delete them', async () => {
        const tenant = await putTenant();
        const identity = { tenantId: tenant.id, principalId: fixtures.id(), clientId: fixtures.id() };
        await stores.managedIdentities.create({ ...identity, displayName: 'm1', now: fixtureTime });
        expect(await stores.directory.findClient(tenant.id, identity.clientId)).toBeUndefined();
        expect(await stores.directoryWriter.listServicePrincipals(tenant.id)).toEqual([]);
        expect(await stores.directoryWriter.deleteServicePrincipal(tenant.id, identity.principalId)).toBe(false);
      });

      test('another tenant does not delete them', async () => {
        const tenant = await putTenant();
        const identity = { tenantId: tenant.id, principalId: fixtures.id(), clientId: fixtures.id() };
        const create = () => stores.managedIdentities.create({ ...identity, displayName: 'm1', now: fixtureTime });
        await create();
        await stores.managedIdentities.delete((await putTenant()).id, identity.principalId);
        await expect(create()).rejects.toThrow();
        await stores.managedIdentities.delete(tenant.id, identity.principalId);
        await create();
      });
    });
  });
};
