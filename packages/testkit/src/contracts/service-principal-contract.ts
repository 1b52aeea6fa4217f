import type { Application, Condition, ServicePrincipal, ServicePrincipalField, Tenant } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';
import { equals, everything, forgedPages, meeting, pagesOf, refusedPage, startsWith } from './pages.ts';

type Stores = TenantMaker & Some<'applications' | 'servicePrincipals' | 'managedIdentities' | 'directory'>;

export const servicePrincipalContract = (make: () => Promise<Stores>): void => {
  describe('service principal store', () => {
    const fixtures = createFixtures('service-principal');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const putApplication = async (overrides?: Partial<Application>): Promise<Application> => {
      const application = directory.application(tenant, overrides);
      await stores.applications.insert(application);
      return application;
    };
    const put = async (
      overrides?: Partial<ServicePrincipal>,
      application?: Partial<Application>,
    ): Promise<ServicePrincipal> => {
      const principal = directory.principalOf(await putApplication(application), overrides);
      expect(await stores.servicePrincipals.insert(principal)).toBe(true);
      return principal;
    };
    const putMachine = async (displayName: string): Promise<ServicePrincipal> => {
      const identity = { tenantId: tenant.id, principalId: fixtures.id(), clientId: fixtures.id() };
      await stores.managedIdentities.create({ ...identity, displayName, now: fixtureTime });
      const [id, appId] = [identity.principalId, identity.clientId];
      const base = directory.principalOf(directory.application(tenant), { id, appId, displayName });
      return { ...base, applicationId: undefined, kind: 'ManagedIdentity' };
    };
    const find = ({ tenantId, id }: ServicePrincipal) => stores.servicePrincipals.find(tenantId, id);

    test("a program's is found as it was, with its application's identifier URIs", async () => {
      const identifierUris = ['api://b', 'api://A'];
      const said = { enabled: false, permissions: ['User.Read.All'], tags: ['b', 'a'] };
      const principal = await put(said, { identifierUris });
      expect(await find(principal)).toEqual({ ...principal, identifierUris });
      expect(await stores.servicePrincipals.find(tenant.id, principal.id, { lock: true })).toEqual(principal);
      expect(await stores.servicePrincipals.find(tenant.id, fixtures.id())).toBeUndefined();
    });

    test("a machine's is found, and goes with its machine only", async () => {
      const machine = await putMachine('m1');
      expect(await find(machine)).toEqual(machine);
      expect(await stores.servicePrincipals.delete(tenant.id, machine.id)).toBe(false);
      expect(await find(machine)).toEqual(machine);
    });

    test('an application has one, also when made at once', async () => {
      const application = await putApplication();
      const inserts = [1, 2, 3].map(() => stores.servicePrincipals.insert(directory.principalOf(application)));
      expect((await Promise.all(inserts)).sort()).toEqual([false, false, true]);
    });

    test('name, state, permissions and tags change, nothing else does', async () => {
      const principal = await put();
      const changed = { ...principal, displayName: 'Neu', enabled: false, permissions: ['a'], tags: ['t'] };
      const written = { ...changed, appId: fixtures.id(), applicationId: fixtures.id(), createdAt: new Date(0) };
      expect(await stores.servicePrincipals.update(written)).toBe(true);
      expect(await find(principal)).toEqual(changed);
      expect(await stores.servicePrincipals.update({ ...principal, id: fixtures.id() })).toBe(false);
    });

    test('when it is deleted its application stays, and can have another', async () => {
      const principal = await put();
      expect(await stores.servicePrincipals.delete(tenant.id, principal.id)).toBe(true);
      expect(await stores.servicePrincipals.delete(tenant.id, principal.id)).toBe(false);
      expect(await stores.directory.findClient(tenant.id, principal.appId)).toBeUndefined();
      const again = { ...principal, id: fixtures.id() };
      expect(await stores.servicePrincipals.insert(again)).toBe(true);
      expect(await find(again)).toEqual(again);
    });

    test('pages follow the order of creation', async () => {
      const third = await put({ createdAt: addMs(fixtureTime, 2) });
      const first = await putMachine('m1');
      const second = await put({ createdAt: addMs(fixtureTime, 1) });
      const pages = await pagesOf((page) => stores.servicePrincipals.list(tenant.id, { where: [], ...page }), 2);
      expect(pages).toEqual([[first, second], [third]]);
    });

    test.each(forgedPages)('a page is not looked for after %j, which no page gave', async (after) => {
      const list = stores.servicePrincipals.list(tenant.id, { ...everything, after });
      await expect(list).rejects.toMatchObject(refusedPage);
    });

    test.each<[string, (principal: ServicePrincipal) => Condition<ServicePrincipalField>, string[]]>([
      ['its id', ({ id }) => equals('id', id), ['Web']],
      ['its appId', ({ appId }) => equals('appId', appId), ['Web']],
      ['its appId as a name', ({ appId }) => equals('servicePrincipalName', appId.toUpperCase()), ['Web']],
      ['an identifier URI as a name', () => equals('servicePrincipalName', 'API://WEB'), ['Web']],
      ['the beginning of a name', () => startsWith('servicePrincipalName', 'api://'), ['Web']],
      ['the beginning of its display name', () => startsWith('displayName', 'WE'), ['web-01', 'Web']],
      ['its kind', () => equals('servicePrincipalType', 'managedidentity'), ['web-01']],
      ['no kind there is', () => equals('servicePrincipalType', 'Legacy'), []],
    ])('it is listed by %s', async (_what, conditionOf, names) => {
      await putMachine('web-01');
      const app = { displayName: 'Web', identifierUris: ['api://web'] };
      const web = await put({ createdAt: addMs(fixtureTime, 1) }, app);
      const { items } = await stores.servicePrincipals.list(tenant.id, meeting(conditionOf(web)));
      expect(items.map((principal) => principal.displayName)).toEqual(names);
    });

    test('another tenant neither finds, lists, changes nor deletes it', async () => {
      const principal = await put();
      const other = await putTenant(stores, fixtures);
      expect(await stores.servicePrincipals.find(other.id, principal.id)).toBeUndefined();
      expect((await stores.servicePrincipals.list(other.id, everything)).items).toEqual([]);
      expect(await stores.servicePrincipals.update({ ...principal, tenantId: other.id, enabled: false })).toBe(false);
      expect(await stores.servicePrincipals.delete(other.id, principal.id)).toBe(false);
      expect(await find(principal)).toEqual(principal);
    });

    test('no tenant makes one of another’s application', async () => {
      const application = await putApplication();
      const other = await putTenant(stores, fixtures);
      await expect(
        stores.servicePrincipals.insert(directory.principalOf({ ...application, tenantId: other.id })),
      ).rejects.toThrow();
    });
  });
};
