import { rootScope } from '@holdfast/arm';
import { type Application, directoryRoles, type ServicePrincipal, type Tenant } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'directoryWriter' | 'users' | 'groups' | 'memberships' | 'applications' | 'servicePrincipals'> &
  Some<'managedIdentities' | 'owners' | 'directoryRoles' | 'roleAssignments'> &
  Some<'consents' | 'authorizationCodes' | 'refreshTokens' | 'deviceCodes'>;

export const directoryDeletionContract = (make: () => Promise<Stores>): void => {
  describe('deleting an object of the directory', () => {
    const fixtures = createFixtures('directory-deletion');
    const directory = createDirectoryFixtures(fixtures);
    const signIn = createSignInFixtures(fixtures);
    const roleId = directoryRoles.directoryReaders;
    let stores: Stores;
    let tenant: Tenant;
    beforeEach(async () => {
      stores = await make();
      tenant = fixtures.tenant();
      await stores.directoryWriter.createTenant(tenant);
    });

    const putGroup = async () => {
      const group = directory.group(tenant);
      await stores.groups.insert(group);
      return group.id;
    };
    const putProgram = async (): Promise<{ application: Application; principal: ServicePrincipal }> => {
      const application = directory.application(tenant);
      const principal = directory.principalOf(application);
      await stores.applications.insert(application);
      await stores.servicePrincipals.insert(principal);
      return { application, principal };
    };
    const putUser = async () => {
      const user = fixtures.user(tenant);
      await stores.users.insert(user);
      return user;
    };

    /** What `holder` may do and is part of, and who may manage it. */
    const give = async (holder: Uuid): Promise<{ group: Uuid; owned: Uuid }> => {
      const [group, owned] = [await putGroup(), await putGroup()];
      const held = { id: fixtures.id(), tenantId: tenant.id, principalId: holder };
      const created = { createdAt: fixtureTime, createdBy: 'someone' };
      await stores.roleAssignments.insert({ ...held, ...created, roleId: fixtures.id(), scope: rootScope });
      await stores.directoryRoles.assign({ ...held, roleId });
      await stores.memberships.add({ tenantId: tenant.id, groupId: group, memberId: holder });
      await stores.owners.add({ tenantId: tenant.id, objectId: owned, ownerId: holder });
      await stores.owners.add({ tenantId: tenant.id, objectId: holder, ownerId: (await putUser()).id });
      return { group, owned };
    };
    const left = async (holder: Uuid, { group, owned }: { group: Uuid; owned: Uuid }) => ({
      grants: await stores.roleAssignments.listOfPrincipal(tenant.id, holder),
      roles: await stores.directoryRoles.listOfPrincipal(tenant.id, holder),
      groups: await stores.memberships.listGroupsOf(tenant.id, holder, { transitive: false }),
      members: await stores.memberships.listMembers(tenant.id, group, { transitive: false }),
      owned: await stores.owners.listOwned(tenant.id, holder),
      ownersOfOwned: await stores.owners.listOwners(tenant.id, owned),
      owners: await stores.owners.listOwners(tenant.id, holder),
    });
    const nothing = { grants: [], roles: [], groups: [], members: [], owned: [], ownersOfOwned: [], owners: [] };

    const doomed: Record<string, () => Promise<{ id: Uuid; remove: () => Promise<unknown> }>> = {
      'a user': async () => {
        const { id } = await putUser();
        return { id, remove: () => stores.users.delete(tenant.id, id) };
      },
      'a group': async () => {
        const id = await putGroup();
        return { id, remove: () => stores.groups.delete(tenant.id, id) };
      },
      'a service principal': async () => {
        const { id } = (await putProgram()).principal;
        return { id, remove: () => stores.servicePrincipals.delete(tenant.id, id) };
      },
      'a service principal by its application': async () => {
        const { application, principal } = await putProgram();
        return { id: principal.id, remove: () => stores.applications.delete(tenant.id, application.id) };
      },
      'a program by the administrator': async () => {
        const { id } = (await putProgram()).principal;
        return { id, remove: () => stores.directoryWriter.deleteServicePrincipal(tenant.id, id) };
      },
      'a machine’s identity': async () => {
        const identity = { tenantId: tenant.id, principalId: fixtures.id(), clientId: fixtures.id() };
        await stores.managedIdentities.create({ ...identity, displayName: 'm1', now: fixtureTime });
        return {
          id: identity.principalId,
          remove: () => stores.managedIdentities.delete(tenant.id, identity.principalId),
        };
      },
    };

    test.each(Object.keys(doomed))('%s takes its grants, roles, memberships and ownerships along', async (what) => {
      const made = await doomed[what]?.();
      if (made === undefined) throw new Error(`nothing is called ${what}`);
      const [places, other] = [await give(made.id), await putUser()];
      const others = await give(other.id);
      await made.remove();
      expect(await left(made.id, places)).toEqual(nothing);
      for (const value of Object.values(await left(other.id, others))) expect(value).toHaveLength(1);
    });

    test.each([
      [
        'an application',
        ({ application }: Awaited<ReturnType<typeof putProgram>>) =>
          stores.applications.delete(tenant.id, application.id),
      ],
      [
        'a service principal',
        ({ principal }: Awaited<ReturnType<typeof putProgram>>) =>
          stores.servicePrincipals.delete(tenant.id, principal.id),
      ],
    ])('%s takes along what people allowed it', async (_what, remove) => {
      const [program, user] = [await putProgram(), await putUser()];
      const { appId } = program.application;
      const grant = signIn.grant(user, { clientId: appId });
      const code = signIn.authorizationCode(user, { grant });
      const family = signIn.refreshFamily(user, { grant });
      const token = signIn.refreshToken(family);
      const device = signIn.deviceCode({ clientId: appId, tenantId: tenant.id });
      const [consent, other] = [directory.consent(tenant, { appId, userId: user.id }), directory.consent(tenant)];
      for (const each of [consent, other]) await stores.consents.put(each);
      await stores.authorizationCodes.insert(code);
      await stores.refreshTokens.insertFamily(family);
      await stores.refreshTokens.insert(token);
      await stores.deviceCodes.insert(device);
      await stores.deviceCodes.decide(device.userCodeSha256, { kind: 'approved', grant }, fixtureTime);
      expect(await remove(program)).toBe(true);
      expect(await stores.consents.list(tenant.id)).toEqual([other]);
      expect(await stores.authorizationCodes.claim(code.codeSha256, fixtureTime)).toBeUndefined();
      expect(await stores.refreshTokens.claim(token.tokenSha256, fixtureTime)).toBeUndefined();
      expect(await stores.deviceCodes.poll(device.deviceCodeSha256, fixtureTime)).toEqual({ kind: 'unknown' });
    });

    test('an application’s names are free again, and its credentials are no more', async () => {
      const application = directory.application(tenant, { identifierUris: ['api://a'] });
      await stores.applications.insert(application);
      expect(await stores.applications.delete(tenant.id, application.id)).toBe(true);
      expect(await stores.applications.delete(tenant.id, application.id)).toBe(false);
      expect(await stores.applications.find(tenant.id, application.id)).toBeUndefined();
      expect(await stores.applications.insert({ ...application, id: fixtures.id() })).toBe(true);
    });
  });
};
