import type { Application, ApplicationField, Condition, Tenant } from '@holdfast/directory';
import { addMs } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';
import { equals, everything, forgedPages, meeting, pagesOf, refusedPage, startsWith } from './pages.ts';

type Stores = TenantMaker & Some<'applications' | 'credentials'>;

export const applicationContract = (make: () => Promise<Stores>): void => {
  describe('application store', () => {
    const fixtures = createFixtures('application');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });

    const put = async (overrides?: Partial<Application>): Promise<Application> => {
      const application = directory.application(tenant, overrides);
      expect(await stores.applications.insert(application)).toBe(true);
      return application;
    };
    const find = ({ tenantId, id }: Application) => stores.applications.find(tenantId, id);

    const full: Partial<Application> = {
      displayName: 'Größe',
      identifierUris: ['api://B', 'https://contoso.example/a'],
      redirectUris: { web: ['https://a/1', 'https://a/2'], spa: ['https://b'], publicClient: ['http://localhost'] },
      isFallbackPublicClient: true,
      manifest: { signInAudience: 'AzureADMyOrg', api: { oauth2PermissionScopes: [] }, tags: ['x', null] },
    };

    test.each([
      ['with nothing but a name', {}],
      ['with everything', full],
    ])('an application %s is found as it was', async (_what, overrides) => {
      const application = await put(overrides);
      expect(await find(application)).toEqual(application);
      expect(await stores.applications.find(tenant.id, application.id, { lock: true })).toEqual(application);
      expect(await stores.applications.find(tenant.id, fixtures.id())).toBeUndefined();
    });

    test('it comes with its credentials, the expired among them, in the order in which they begin', async () => {
      const application = await put();
      const place = { tenantId: tenant.id, applicationId: application.id };
      const past = { startsAt: new Date(0), endsAt: new Date(1) };
      const secrets = [directory.secret(past), directory.secret()];
      const certificates = [directory.certificate({ ...past, lastUsedAt: fixtureTime }), directory.certificate()];
      for (const secret of secrets.toReversed()) await stores.credentials.addSecret(place, secret);
      for (const certificate of certificates.toReversed()) await stores.credentials.addCertificate(place, certificate);
      expect(await find(application)).toEqual({ ...application, secrets, certificates });
    });

    test('everything but ids, creation and credentials changes', async () => {
      const application = await put({ identifierUris: ['api://a', 'api://b'] });
      const secret = directory.secret();
      await stores.credentials.addSecret({ tenantId: tenant.id, applicationId: application.id }, secret);
      const changed = { ...application, ...full, identifierUris: ['api://c', 'api://A'] };
      const written = { ...changed, appId: fixtures.id(), createdAt: addMs(fixtureTime, 1), secrets: [] };
      expect(await stores.applications.update(written)).toBe(true);
      expect(await find(application)).toEqual({ ...changed, secrets: [secret] });
      expect(await stores.applications.update(directory.application(tenant))).toBe(false);
    });

    test('an identifier URI is one application’s in a tenant, without letter case, also for those who come at once', async () => {
      const uris = ['api://Shared', 'API://shared', 'api://SHARED'];
      const inserts = uris.map((uri) =>
        stores.applications.insert(directory.application(tenant, { identifierUris: [uri] })),
      );
      expect((await Promise.all(inserts)).sort()).toEqual([false, false, true]);
      const elsewhere = directory.application(await putTenant(stores, fixtures), { identifierUris: ['api://shared'] });
      expect(await stores.applications.insert(elsewhere)).toBe(true);
    });

    test('one that is taken is not given again, and nothing else is written either', async () => {
      const [taken, application] = [
        await put({ identifierUris: ['api://a'] }),
        await put({ identifierUris: ['api://b'] }),
      ];
      const identifierUris = ['api://c', 'API://A'];
      expect(await stores.applications.update({ ...application, identifierUris, displayName: 'x' })).toBe(false);
      expect(await find(application)).toEqual(application);
      const refused = directory.application(tenant, { identifierUris });
      expect(await stores.applications.insert(refused)).toBe(false);
      expect(await find(refused)).toBeUndefined();
      expect(await stores.applications.update({ ...taken, identifierUris: ['api://A'] })).toBe(true);
    });

    test('pages follow the order of creation', async () => {
      const third = await put({ createdAt: addMs(fixtureTime, 2) });
      const first = await put();
      const second = await put({ createdAt: addMs(fixtureTime, 1) });
      const pages = await pagesOf((page) => stores.applications.list(tenant.id, { where: [], ...page }), 2);
      expect(pages).toEqual([[first, second], [third]]);
    });

    test.each(forgedPages)('a page is not looked for after %j, which no page gave', async (after) => {
      await expect(stores.applications.list(tenant.id, { ...everything, after })).rejects.toMatchObject(refusedPage);
    });

    test.each<[string, (application: Application) => Condition<ApplicationField>, string[]]>([
      ['its id', ({ id }) => equals('id', id), ['Web']],
      ['its appId', ({ appId }) => equals('appId', appId.toUpperCase()), ['Web']],
      ['the beginning of its appId', ({ appId }) => startsWith('appId', appId.slice(0, 30)), ['Web']],
      ['something that is no id', () => equals('appId', "' or true"), []],
      ['its name', () => equals('displayName', 'WEB'), ['Web']],
      ['the beginning of its name', () => startsWith('displayName', 'we'), ['Web', 'Weekly']],
      ['an identifier URI', () => equals('identifierUris', 'API://WEB'), ['Web']],
      ['the beginning of an identifier URI', () => startsWith('identifierUris', 'api://w'), ['Web', 'Weekly']],
      ['nobody’s identifier URI', () => equals('identifierUris', 'api://w'), []],
    ])('it is listed by %s', async (_what, conditionOf, names) => {
      const web = await put({ displayName: 'Web', identifierUris: ['https://web.example', 'api://web'] });
      await put({ displayName: 'Weekly', identifierUris: ['api://weekly'], createdAt: addMs(fixtureTime, 1) });
      const { items } = await stores.applications.list(tenant.id, meeting(conditionOf(web)));
      expect(items.map((application) => application.displayName)).toEqual(names);
    });

    test('another tenant neither finds, lists, changes nor deletes it', async () => {
      const application = await put(full);
      const other = await putTenant(stores, fixtures);
      expect(await stores.applications.find(other.id, application.id)).toBeUndefined();
      expect((await stores.applications.list(other.id, everything)).items).toEqual([]);
      expect(await stores.applications.update({ ...application, tenantId: other.id, displayName: 'x' })).toBe(false);
      expect(await stores.applications.delete(other.id, application.id)).toBe(false);
      expect(await find(application)).toEqual(application);
    });
  });
};
