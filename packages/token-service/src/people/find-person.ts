import type { User } from '@holdfast/directory';
import type { PersonGrant } from '../codes/authorization-code-store.ts';
import { oauthError } from '../oauth-error.ts';
import type { PersonServices } from './person-services.ts';

/** The person of a grant, as they are now. Throws when the person is gone or disabled, or the sign-in was revoked since. */
export const findPerson = async (grant: PersonGrant, { users }: Pick<PersonServices, 'users'>): Promise<User> => {
  const user = await users.find(grant.tenantId, grant.userId);
  if (user === undefined) throw oauthError('grantRevoked', {});
  if (!user.enabled) throw oauthError('userDisabled', {});
  if (grant.authentication.at < user.tokensValidFrom) throw oauthError('grantRevoked', {});
  return user;
};
