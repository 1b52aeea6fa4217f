import { armError } from '@holdfast/arm';
import type { DirectoryContext, UserPatch } from '@holdfast/contracts';
import type { User } from '@holdfast/directory';
import { guardPrincipal } from '../access/directory-guard.ts';
import { keepOneAdministrator } from '../access/keep-one-administrator.ts';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { requireTenant } from '../organization/require-tenant.ts';
import type { GraphDependencies } from '../stores.ts';
import { mustChangeByDefault } from './create-user.ts';
import { requireUser } from './require-user.ts';
import { setPassword } from './set-password.ts';
import { checkUserName } from './user-name.ts';
import { patchProfile } from './user-profile.ts';

/** Changes what is given. A new password, or an account switched off, ends what was signed in before. */
export const updateUser =
  (dependencies: GraphDependencies): GraphHandler<'Users_Update'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    checkActions(context, body);
    const user = await requireUser(dependencies, { tenantId, key: parameters.id, lock: true });
    await guardPrincipal(dependencies, context, user.id);
    if (body.accountEnabled === false) await keepOneAdministrator(dependencies, context, user.id);
    if (body.userPrincipalName !== undefined)
      checkUserName(body.userPrincipalName, await requireTenant(dependencies, tenantId));
    const changed = await patchPassword(dependencies, patchUser(user, body, context.now), { context, body });
    if (!(await dependencies.users.update(changed)))
      throw armError('DirectoryValueTaken', { property: 'userPrincipalName' });
    return done;
  };

/** Some properties are worth more than others. */
const checkActions = ({ may }: DirectoryContext, { passwordProfile, accountEnabled }: UserPatch): void => {
  const needed = [
    ...(passwordProfile === undefined ? [] : ['password/update']),
    ...(accountEnabled === undefined ? [] : [accountEnabled ? 'enable' : 'disable']),
  ];
  if (!needed.every((action) => may(`microsoft.directory/users/${action}`))) throw armError('DirectoryDenied', {});
};

const patchUser = (user: User, body: UserPatch, now: Date): User => ({
  ...user,
  userPrincipalName: body.userPrincipalName ?? user.userPrincipalName,
  displayName: body.displayName ?? user.displayName,
  profile: patchProfile(user.profile, body),
  enabled: body.accountEnabled ?? user.enabled,
  tokensValidFrom: body.accountEnabled === false ? now : user.tokensValidFrom,
});

interface PasswordPatch {
  readonly context: DirectoryContext;
  readonly body: UserPatch;
}

const patchPassword = async (
  { passwords }: GraphDependencies,
  user: User,
  { context, body: { passwordProfile } }: PasswordPatch,
): Promise<User> => {
  if (passwordProfile === undefined) return user;
  const mustChange = passwordProfile.forceChangePasswordNextSignIn;
  const { password } = passwordProfile;
  if (password === undefined) return { ...user, mustChangePassword: mustChange ?? user.mustChangePassword };
  // It would be a second way in, past the provider that vouches for the person.
  if (user.external !== undefined && user.passwordHash === undefined)
    throw armError('DirectoryBadRequest', {
      detail: 'The user signs in at another provider and has no password here.',
    });
  return setPassword(passwords, user, { password, mustChange: mustChange ?? mustChangeByDefault, now: context.now });
};
