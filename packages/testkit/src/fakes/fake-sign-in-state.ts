import type { Some } from '../world.ts';
import { fakeAuthorizationCodes, fakeDeviceCodes } from './fake-codes.ts';
import { fakeConsents } from './fake-consents.ts';
import { fakeDirectoryRoles } from './fake-directory-roles.ts';
import { fakeGroups } from './fake-groups.ts';
import { fakeMemberships } from './fake-memberships.ts';
import { fakeConditionalAccess, fakeIdentityProviders } from './fake-policies.ts';
import { fakeRefreshTokens } from './fake-refresh-tokens.ts';
import { fakeGuesses, fakeSessions } from './fake-sessions.ts';
import { fakeSignIns } from './fake-sign-ins.ts';
import { createFakeState } from './fake-state.ts';
import { fakeUsers } from './fake-users.ts';

export type FakeSignInState = Some<
  | 'users'
  | 'groups'
  | 'memberships'
  | 'directoryRoles'
  | 'consents'
  | 'identityProviders'
  | 'conditionalAccess'
  | 'signIns'
  | 'sessions'
  | 'guesses'
  | 'authorizationCodes'
  | 'refreshTokens'
  | 'deviceCodes'
>;

/** What signing people in reads and writes, in memory, by the same contracts as in PostgreSQL. It knows people and groups only. */
export const createFakeSignInState = (): FakeSignInState => {
  const state = createFakeState();
  return {
    users: fakeUsers(state),
    groups: fakeGroups(state),
    memberships: fakeMemberships(state),
    directoryRoles: fakeDirectoryRoles(state),
    consents: fakeConsents(state),
    identityProviders: fakeIdentityProviders(state),
    conditionalAccess: fakeConditionalAccess(state),
    signIns: fakeSignIns(state),
    sessions: fakeSessions(state),
    guesses: fakeGuesses(state),
    authorizationCodes: fakeAuthorizationCodes(state),
    refreshTokens: fakeRefreshTokens(state),
    deviceCodes: fakeDeviceCodes(state),
  };
};
