import type { Application, Tenant } from '@holdfast/directory';
import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker & Some<'applications' | 'credentials' | 'signIns'>;

export const credentialContract = (make: () => Promise<Stores>): void => {
  describe('credential store', () => {
    const fixtures = createFixtures('credential');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    let application: Application;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
      application = await putApplication();
    });

    const putApplication = async () => {
      const made = directory.application(tenant);
      await stores.applications.insert(made);
      return made;
    };
    const place = () => ({ tenantId: tenant.id, applicationId: application.id });
    const read = async () => {
      const { secrets, certificates, federatedCredentials } =
        (await stores.applications.find(tenant.id, application.id)) ?? application;
      return { secrets, certificates, federatedCredentials };
    };
    const none = { secrets: [], certificates: [], federatedCredentials: [] };
    const later = addMs(fixtureTime, minutes(5));

    test('a secret and a certificate are added, and removed once, by their application only', async () => {
      const [secret, certificate] = [directory.secret(), directory.certificate()];
      await stores.credentials.addSecret(place(), secret);
      await stores.credentials.addCertificate(place(), certificate);
      const elsewhere = { tenantId: tenant.id, applicationId: (await putApplication()).id };
      for (const { id } of [secret, certificate]) expect(await stores.credentials.remove(elsewhere, id)).toBe(false);
      expect(await read()).toEqual({ ...none, secrets: [secret], certificates: [certificate] });
      for (const { id } of [secret, certificate]) {
        expect(await stores.credentials.remove(place(), id)).toBe(true);
        expect(await stores.credentials.remove(place(), id)).toBe(false);
      }
      expect(await read()).toEqual(none);
    });

    test('another tenant neither adds, changes nor removes any', async () => {
      const [secret, federated] = [directory.secret(), directory.federated('main')];
      await stores.credentials.addSecret(place(), secret);
      await stores.credentials.addFederated(place(), federated);
      const theirs = { tenantId: (await putTenant(stores, fixtures)).id, applicationId: application.id };
      await expect(stores.credentials.addSecret(theirs, directory.secret())).rejects.toThrow();
      await expect(stores.credentials.addCertificate(theirs, directory.certificate())).rejects.toThrow();
      await expect(stores.credentials.addFederated(theirs, directory.federated('x'))).rejects.toThrow();
      expect(await stores.credentials.updateFederated(theirs, { ...federated, subject: 'x' })).toBe(false);
      expect(await stores.credentials.remove(theirs, secret.id)).toBe(false);
      expect(await stores.credentials.removeFederated(theirs, federated.id)).toBe(false);
      expect(await read()).toEqual({ ...none, secrets: [secret], federatedCredentials: [federated] });
    });

    describe('federated credentials', () => {
      test('they are kept in the order of creation, changed and removed once', async () => {
        const [b, a] = [directory.federated('b', { description: 'x' }), directory.federated('a')];
        for (const each of [b, a]) expect(await stores.credentials.addFederated(place(), each)).toBe(true);
        expect((await read()).federatedCredentials).toEqual([b, a]);
        const changed = { ...b, description: undefined, issuer: 'https://i', subject: 's', audiences: ['x', 'y'] };
        expect(await stores.credentials.updateFederated(place(), changed)).toBe(true);
        expect((await read()).federatedCredentials).toEqual([changed, a]);
        expect(await stores.credentials.removeFederated(place(), a.id)).toBe(true);
        expect(await stores.credentials.removeFederated(place(), a.id)).toBe(false);
        expect(await stores.credentials.updateFederated(place(), a)).toBe(false);
        expect((await read()).federatedCredentials).toEqual([changed]);
      });

      test('a name is taken once in an application, without letter case', async () => {
        const names = ['Main', 'main', 'MAIN'];
        const adds = names.map((name) => stores.credentials.addFederated(place(), directory.federated(name)));
        expect((await Promise.all(adds)).sort()).toEqual([false, false, true]);
        const other = directory.federated('other');
        await stores.credentials.addFederated(place(), other);
        expect(await stores.credentials.updateFederated(place(), { ...other, name: 'main', subject: 'x' })).toBe(false);
        expect((await read()).federatedCredentials).toContainEqual(other);
        const elsewhere = { tenantId: tenant.id, applicationId: (await putApplication()).id };
        expect(await stores.credentials.addFederated(elsewhere, directory.federated('main'))).toBe(true);
      });
    });

    test('those that end before a time are listed over all tenants, soonest first', async () => {
      const until = new Date('2020-01-03T00:00:00Z');
      const endingAt = (day: number) => ({ startsAt: new Date(0), endsAt: new Date(Date.UTC(2020, 0, day)) });
      const [second, first] = [directory.secret(endingAt(2)), directory.certificate(endingAt(1))];
      await stores.credentials.addSecret(place(), second);
      await stores.credentials.addSecret(place(), directory.secret(endingAt(3)));
      const { tenantId, appId, displayName } = application;
      tenant = await putTenant(stores, fixtures);
      application = await putApplication();
      await stores.credentials.addCertificate(place(), first);
      const about = { tenantId: tenant.id, appId: application.appId, displayName: application.displayName };
      const mine = (await stores.credentials.listEnding(until)).filter(({ endsAt }) => endsAt >= endingAt(1).endsAt);
      expect(mine).toEqual([
        { ...about, credentialId: first.id, kind: 'certificate', endsAt: first.endsAt },
        { tenantId, appId, displayName, credentialId: second.id, kind: 'secret', endsAt: second.endsAt },
      ]);
    });

    describe('when they were last used', () => {
      const use = (credentialId: Application['id'], at: Date, tenantId = tenant.id) => ({ tenantId, credentialId, at });
      const putAll = async () => {
        const [secret, certificate] = [directory.secret(), directory.certificate()];
        const federated = directory.federated('main');
        await stores.credentials.addSecret(place(), secret);
        await stores.credentials.addCertificate(place(), certificate);
        await stores.credentials.addFederated(place(), federated);
        return [secret.id, certificate.id, federated.id];
      };
      const lastUses = async () => {
        const { secrets, certificates, federatedCredentials } = await read();
        return [...secrets, ...certificates, ...federatedCredentials].map((each) => each.lastUsedAt);
      };

      test('is kept for every kind, and never goes back', async () => {
        const ids = await putAll();
        expect(await lastUses()).toEqual([undefined, undefined, undefined]);
        await stores.signIns.recordUses(ids.flatMap((id) => [use(id, later), use(id, fixtureTime)]));
        expect(await lastUses()).toEqual([later, later, later]);
        await stores.signIns.recordUses(ids.map((id) => use(id, fixtureTime)));
        expect(await lastUses()).toEqual([later, later, later]);
        await stores.signIns.recordUses([]);
      });

      test('is not forgotten by a change', async () => {
        const [, , id] = await putAll();
        await stores.signIns.recordUses([use(id ?? fixtures.id(), later)]);
        const [federated] = (await read()).federatedCredentials;
        if (federated) await stores.credentials.updateFederated(place(), { ...federated, lastUsedAt: undefined });
        expect((await lastUses())[2]).toEqual(later);
      });

      test('is kept of batches at once, whatever their order, also when one of them is gone', async () => {
        const ids = [...(await putAll()), fixtures.id()];
        const batches = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? ids : ids.toReversed()));
        await Promise.all(batches.map((batch) => stores.signIns.recordUses(batch.map((id) => use(id, later)))));
        expect(await lastUses()).toEqual([later, later, later]);
      });

      test('is nothing that another tenant says', async () => {
        const ids = await putAll();
        const other = await putTenant(stores, fixtures);
        await stores.signIns.recordUses(ids.map((id) => use(id, later, other.id)));
        expect(await lastUses()).toEqual([undefined, undefined, undefined]);
      });
    });
  });
};
