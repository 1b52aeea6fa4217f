import type { Tenant } from '@holdfast/directory';
import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putTenant, type Some } from '../world.ts';

type Stores = Some<
  'directory' | 'directoryWriter' | 'users' | 'credentials' | 'servicePrincipals' | 'managedIdentities'
>;

export const standingContract = (make: () => Promise<Stores>): void => {
  describe('standing of principals', () => {
    const fixtures = createFixtures('standing');
    const directory = createDirectoryFixtures(fixtures);
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = await putTenant(stores, fixtures);
    });
    const later = addMs(fixtureTime, minutes(5));

    test("a person's tokens count from a time on, while the person is enabled", async () => {
      const user = fixtures.user(tenant);
      await stores.users.insert(user);
      const standing = () => stores.directory.findStanding(tenant.id, user.id);
      expect(await standing()).toEqual({ enabled: true, tokensValidFrom: fixtureTime, credentialIds: [] });
      await stores.users.update({ ...user, enabled: false, tokensValidFrom: later });
      expect(await standing()).toEqual({ enabled: false, tokensValidFrom: later, credentialIds: [] });
      await stores.users.delete(tenant.id, user.id);
      expect(await standing()).toBeUndefined();
    });

    test("a program's tokens count with the credentials it has now", async () => {
      const [secret, certificate] = [directory.secret(), directory.certificate()];
      const federated = directory.federated('main');
      const credentials = { secrets: [secret], certificates: [certificate], federatedCredentials: [federated] };
      const program = fixtures.servicePrincipal(tenant, credentials);
      await stores.directoryWriter.createServicePrincipal(program);
      await stores.directoryWriter.createServicePrincipal(
        fixtures.servicePrincipal(tenant, { secrets: [directory.secret()] }),
      );
      const standing = () => stores.directory.findStanding(tenant.id, program.objectId);
      const all = [secret.id, certificate.id, federated.id];
      expect(await standing()).toMatchObject({ enabled: true, tokensValidFrom: undefined });
      expect([...((await standing())?.credentialIds ?? [])].sort()).toEqual(all.sort());
      const place = { tenantId: tenant.id, applicationId: program.applicationObjectId };
      for (const { id } of [secret, certificate]) await stores.credentials.remove(place, id);
      expect((await standing())?.credentialIds).toEqual([federated.id]);
      const principal = await stores.servicePrincipals.find(tenant.id, program.objectId);
      if (principal) await stores.servicePrincipals.update({ ...principal, enabled: false });
      expect((await standing())?.enabled).toBe(false);
      await stores.servicePrincipals.delete(tenant.id, program.objectId);
      expect(await standing()).toBeUndefined();
    });

    test("a machine's identity stands without credentials", async () => {
      const identity = { tenantId: tenant.id, principalId: fixtures.id(), clientId: fixtures.id() };
      await stores.managedIdentities.create({ ...identity, displayName: 'm1', now: fixtureTime });
      const standing = await stores.directory.findStanding(tenant.id, identity.principalId);
      expect(standing).toEqual({ enabled: true, tokensValidFrom: undefined, credentialIds: [] });
    });

    test('nobody stands in another tenant, and nothing that is not there', async () => {
      const [user, program] = [fixtures.user(tenant), fixtures.servicePrincipal(tenant)];
      await stores.users.insert(user);
      await stores.directoryWriter.createServicePrincipal(program);
      const other = await putTenant(stores, fixtures);
      for (const id of [user.id, program.objectId, fixtures.id()])
        expect(await stores.directory.findStanding(other.id, id)).toBeUndefined();
    });
  });
};
