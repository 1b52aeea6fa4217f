import { directoryRoles, type User } from '@holdfast/directory';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDirectoryFixtures } from '../directory-fixtures.ts';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { createSignInFixtures } from '../sign-in-fixtures.ts';
import { putTenant, type Some, type TenantMaker } from '../world.ts';

type Stores = TenantMaker &
  Some<'users' | 'groups' | 'memberships' | 'directoryRoles' | 'consents'> &
  Some<'sessions' | 'authorizationCodes' | 'refreshTokens' | 'deviceCodes'>;

export const userDeletionContract = (make: () => Promise<Stores>): void => {
  describe('deleting a user', () => {
    const fixtures = createFixtures('user-deletion');
    const directory = createDirectoryFixtures(fixtures);
    const signIn = createSignInFixtures(fixtures);
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const roleId = directoryRoles.userAdministrator;

    /** Everything a person can leave, and how to see whether it is still there. */
    const traces = (user: User) => {
      const group = directory.group({ ...fixtures.tenant(), id: user.tenantId });
      const consent = directory.consent({ ...fixtures.tenant(), id: user.tenantId }, { userId: user.id });
      const session = signIn.session(user);
      const code = signIn.authorizationCode(user);
      const family = signIn.refreshFamily(user);
      const token = signIn.refreshToken(family);
      const device = signIn.deviceCode();
      const grant = signIn.grant(user, { clientId: device.clientId });
      return {
        leave: async () => {
          await stores.groups.insert(group);
          await stores.memberships.add({ tenantId: user.tenantId, groupId: group.id, memberId: user.id });
          const assignment = { id: fixtures.id(), tenantId: user.tenantId, principalId: user.id, roleId };
          await stores.directoryRoles.assign(assignment);
          await stores.consents.put(consent);
          await stores.sessions.insert(session);
          await stores.authorizationCodes.insert(code);
          await stores.refreshTokens.insertFamily(family);
          await stores.refreshTokens.insert(token);
          await stores.deviceCodes.insert(device);
          await stores.deviceCodes.decide(device.userCodeSha256, { kind: 'approved', grant }, fixtureTime);
        },
        left: async () => ({
          members: await stores.memberships.listMembers(user.tenantId, group.id, { transitive: false }),
          groups: await stores.memberships.listGroupsOf(user.tenantId, user.id, { transitive: true }),
          roles: await stores.directoryRoles.listOfPrincipal(user.tenantId, user.id),
          consents: await stores.consents.list(user.tenantId),
          session: await stores.sessions.find(session.idSha256, fixtureTime),
          code: await stores.authorizationCodes.claim(code.codeSha256, fixtureTime),
          token: await stores.refreshTokens.claim(token.tokenSha256, fixtureTime),
          device: await stores.deviceCodes.poll(device.deviceCodeSha256, fixtureTime),
        }),
      };
    };

    const nothing = {
      members: [],
      groups: [],
      roles: [],
      consents: [],
      session: undefined,
      code: undefined,
      token: undefined,
      device: { kind: 'unknown' },
    };

    test('memberships, roles, consents, sessions, codes and refresh tokens go too, and stay with everybody else', async () => {
      const [user, other] = [
        fixtures.user(await putTenant(stores, fixtures)),
        fixtures.user(await putTenant(stores, fixtures)),
      ];
      const [theirs, others] = [traces(user), traces(other)];
      for (const each of [user, other]) await stores.users.insert(each);
      for (const each of [theirs, others]) await each.leave();
      expect(await stores.users.delete(user.tenantId, user.id)).toBe(true);
      expect(await stores.users.find(user.tenantId, user.id)).toBeUndefined();
      expect(await theirs.left()).toEqual(nothing);
      const left = await others.left();
      for (const [what, value] of Object.entries(nothing)) expect(left, what).not.toMatchObject({ [what]: value });
      expect(await stores.users.delete(user.tenantId, user.id)).toBe(false);
    });
  });
};
