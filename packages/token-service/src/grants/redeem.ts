import type { Tenant, User } from '@holdfast/directory';
import type { PersonGrant } from '../codes/authorization-code-store.ts';
import type { Authority } from '../dialect/authority.ts';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import { oauthError } from '../oauth-error.ts';
import { findPerson } from '../people/find-person.ts';
import type { GrantRequest, GrantServices } from './grant.ts';

/** The tenant of what is redeemed, which must be the one it is redeemed at; `common` and `organizations` are all. */
export const tenantOfGrant = async (
  grant: PersonGrant,
  authority: Authority,
  { directory, name }: { readonly directory: CachedDirectory; readonly name: string },
): Promise<Tenant> => {
  const tenant = await directory.findTenant(grant.tenantId);
  const meant = authority.kind === 'any' || authority.tenant.id === grant.tenantId;
  if (tenant === undefined || !meant) throw oauthError('grantOfAnotherClient', { name });
  return tenant;
};

/** The person of what is redeemed, written down before anything else can go wrong. */
export const personOfGrant = async (
  grant: PersonGrant,
  { note }: GrantRequest,
  services: GrantServices,
): Promise<User> => {
  const { methods } = grant.authentication;
  note.tenantId = grant.tenantId;
  note.principal = { kind: 'user', id: grant.userId, name: '' };
  note.resource = grant.resource;
  // The id is the program's, where it proved itself: its credential is in use.
  note.credential = { kind: methods.includes('fed') ? 'external' : 'password', id: note.credential.id };
  note.mfa = methods.includes('mfa');
  const user = await findPerson(grant, services);
  note.principal = { kind: 'user', id: user.id, name: user.userPrincipalName };
  return user;
};
