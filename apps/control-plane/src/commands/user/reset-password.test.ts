import { verifyPassword } from '@holdfast/directory';
import { addMs, days } from '@holdfast/kernel';
import { fixtureTime } from '@holdfast/testkit';
import { afterAll, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { resetPassword } from './reset-password.ts';

const { tools, fixtures, printed } = await createTestAdministration('reset-password', afterAll);
const { stores, tenant, clock } = tools;

const putUser = async () => {
  const totp = { sealedSecret: Uint8Array.of(1, 2, 3), lastStep: 7 };
  const user = fixtures.user(tenant, { totp });
  await stores.users.insert(user);
  const session = {
    idSha256: new Uint8Array(32).fill(user.id.charCodeAt(0)),
    sid: fixtures.id(),
    tenantId: tenant.id,
    userId: user.id,
    authentication: { at: fixtureTime, methods: ['pwd' as const] },
    expiresAt: addMs(fixtureTime, days(1)),
  };
  await stores.sessions.insert(session);
  return { user, session };
};

test('somebody gets a password for one sign-in, and everything begun before ends', async () => {
  const { user, session } = await putUser();
  await clock.advance(days(0.5));
  await resetPassword(tools, { user: user.userPrincipalName.toUpperCase() });
  const [shown] = printed<{ username: string; password: string; authenticator: boolean }>();
  expect(shown).toMatchObject({ username: user.userPrincipalName, enabled: true, authenticator: true });
  const kept = await stores.users.find(tenant.id, user.id);
  const now = clock.now();
  expect(kept).toMatchObject({ mustChangePassword: true, passwordChangedAt: now, tokensValidFrom: now });
  expect(kept?.totp?.lastStep).toBe(7);
  expect(await verifyPassword(kept?.passwordHash ?? '', shown?.password ?? '')).toBe(true);
  expect(await stores.sessions.find(session.idSha256, now)).toBeUndefined();
});

test('the authenticator is forgotten only when that is asked for', async () => {
  const { user } = await putUser();
  await resetPassword(tools, { user: user.userPrincipalName, clearTotp: true });
  expect(printed()).toMatchObject([{ authenticator: false }]);
  expect((await stores.users.find(tenant.id, user.id))?.totp).toBeUndefined();
});

test('nobody of another tenant is meant', async () => {
  const { user } = await putUser();
  const other = { ...tools, tenant: fixtures.tenant() };
  await expect(resetPassword(other, { user: user.userPrincipalName })).rejects.toThrow(/no user/);
});
