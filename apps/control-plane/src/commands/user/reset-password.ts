import { hashPassword, newPassword, type User } from '@holdfast/directory';
import { runInTransaction, type Stores } from '@holdfast/store-postgres';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';

export interface ResetPasswordOptions {
  readonly user: string;
  readonly clearTotp?: boolean;
}

/** Prints a password that holds for one sign-in, at which another is chosen. Every session and token of before ends. */
export const resetPassword = async (tools: Administration, options: ResetPasswordOptions): Promise<void> => {
  const { database, clock, random, print } = tools;
  const password = newPassword(random);
  const passwordHash = await hashPassword(password, random);
  const now = clock.now();
  const user = await runInTransaction(database.db, async (stores) => {
    const found = await lockUser(stores, tools, options.user);
    const changed: User = {
      ...found,
      passwordHash,
      mustChangePassword: true,
      passwordChangedAt: now,
      tokensValidFrom: now,
      totp: options.clearTotp === true ? undefined : found.totp,
    };
    await stores.users.update(changed);
    await stores.sessions.deleteOfUser(found.tenantId, found.id);
    await stores.refreshTokens.revokeOfUser({ tenantId: found.tenantId, userId: found.id }, now);
    return changed;
  });
  const { userPrincipalName: username, enabled, totp } = user;
  print({ username, password, enabled, authenticator: totp !== undefined });
};

const lockUser = async ({ users }: Stores, { tenant }: Administration, name: string): Promise<User> => {
  const found = await users.findByName(tenant.id, name);
  const user = found && (await users.find(tenant.id, found.id, { lock: true }));
  if (user === undefined) throw new ConfigError(`--user: there is no user ${name} in ${tenant.defaultDomain}`);
  return user;
};
