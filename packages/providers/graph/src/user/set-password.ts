import { armError } from '@holdfast/arm';
import type { User } from '@holdfast/directory';
import type { Passwords } from '../stores.ts';

export interface NewPassword {
  readonly password: string;
  /** Whether the person must choose another at the next sign-in. */
  readonly mustChange: boolean;
  readonly now: Date;
}

/** The user with another password; tokens and sessions from before no longer count. */
export const setPassword = async (
  passwords: Passwords,
  user: User,
  { password, mustChange, now }: NewPassword,
): Promise<User> => {
  const verdict = await passwords.check(password, user);
  if (!verdict.ok)
    throw armError('DirectoryBadRequest', {
      detail: `The specified password does not comply with password complexity requirements. ${verdict.error}`,
    });
  return {
    ...user,
    passwordHash: await passwords.hash(password),
    mustChangePassword: mustChange,
    passwordChangedAt: now,
    tokensValidFrom: now,
  };
};
