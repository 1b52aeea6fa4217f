import { armError } from '@holdfast/arm';
import type { User } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler, GraphRequest } from '../graph-handler.ts';
import { requireTenant } from '../organization/require-tenant.ts';
import type { GraphDependencies } from '../stores.ts';
import { setPassword } from './set-password.ts';
import { checkUserName } from './user-name.ts';
import { patchProfile } from './user-profile.ts';
import { userToWire } from './user-wire.ts';

/** A password that somebody else chose is to be changed, unless that somebody says otherwise. */
export const mustChangeByDefault = true;

export const createUser =
  (dependencies: GraphDependencies): GraphHandler<'Users_Create'> =>
  async (request) => {
    const { context, body } = request;
    const tenant = await requireTenant(dependencies, context.caller.tenantId);
    checkUserName(body.userPrincipalName, tenant);
    const user = await setPassword(dependencies.passwords, wantedUser(dependencies, request), {
      password: body.passwordProfile.password,
      mustChange: body.passwordProfile.forceChangePasswordNextSignIn ?? mustChangeByDefault,
      now: context.now,
    });
    if (!(await dependencies.users.insert(user)))
      throw armError('DirectoryValueTaken', { property: 'userPrincipalName' });
    return entityAnswer(context, { set: 'users', entity: userToWire(user), status: 201 });
  };

const wantedUser = ({ random }: GraphDependencies, { context, body }: GraphRequest<'Users_Create'>): User => ({
  id: newUuid(random),
  tenantId: context.caller.tenantId,
  userPrincipalName: body.userPrincipalName,
  displayName: body.displayName,
  profile: patchProfile({}, body),
  passwordHash: undefined,
  mustChangePassword: false,
  passwordChangedAt: context.now,
  enabled: body.accountEnabled,
  totp: undefined,
  external: undefined,
  tokensValidFrom: context.now,
  createdAt: context.now,
});
