import { err, ok, type Result } from '@holdfast/kernel';
import { type OAuthError, oauthError } from '../oauth-error.ts';
import { isNameOfResource, type RequestedResource, type ResourceOrigins, resourceOf } from './requested-resource.ts';

/** What a program asks for in a person's name: one resource, permissions there, and what rides along. */
export interface RequestedScopes {
  readonly resource: RequestedResource;
  /** Permission names at the resource; `.default` stands for all that was consented to. */
  readonly permissions: readonly string[];
  /** Of OpenID Connect: `openid`, `profile`, `email`, `offline_access`. */
  readonly openid: readonly string[];
}

const openidScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Whether it is OpenID Connect's, and no permission of a resource. */
export const isOpenidScope = (scope: string): boolean => openidScopes.has(scope);

/** Stands for all that was consented to. */
export const defaultScope = '.default';

/** What a program is granted of what it asked for, as it is kept: permissions, how they were asked for, and what rides along. */
export const scopesToKeep = (permissions: readonly string[], requested: RequestedScopes): readonly string[] => [
  ...permissions,
  ...requested.permissions.filter((permission) => permission === defaultScope),
  ...requested.openid,
];
const mostScopes = 50;

/**
 * A v2 `scope` (RFC 6749 section 3.3). A permission is spelled `{resource}/{permission}`; one without a resource is the
 * directory API's, and so is a scope that names no resource at all.
 */
export const parsePersonScope = (scope: string, origins: ResourceOrigins): Result<RequestedScopes, OAuthError> => {
  const parts = [...new Set(scope.split(/\s+/).filter((part) => part !== ''))];
  if (parts.length > mostScopes) return err(oauthError('invalidScope', { reason: 'It names too many permissions.' }));
  const openid = parts.map((part) => part.toLowerCase()).filter((part) => openidScopes.has(part));
  const named = parts.filter((part) => !openidScopes.has(part.toLowerCase())).map((part) => split(part, origins));
  const audiences = new Set(named.map(({ audience }) => audience));
  if (audiences.size > 1) return err(oauthError('invalidScope', { reason: 'It names more than one resource.' }));
  const [audience = origins.graph] = audiences;
  if (!isNameOfResource(audience)) return err(oauthError('invalidScope', { reason: 'It names no valid resource.' }));
  const permissions = named.map(({ permission }) => permission);
  if (!permissions.every((permission) => /^[\w.:-]{1,128}$/.test(permission)))
    return err(oauthError('invalidScope', { reason: 'A permission has characters that none has.' }));
  return ok({ resource: resourceOf(audience, origins), permissions, openid });
};

const split = (part: string, origins: ResourceOrigins): { audience: string; permission: string } => {
  const slash = part.lastIndexOf('/');
  if (slash === -1) return { audience: origins.graph, permission: part };
  return { audience: part.slice(0, slash), permission: part.slice(slash + 1) };
};

/** A v1 `resource`: everything consented to there, and a refresh token, as v1 always had it. */
export const scopesOfResource = (audience: string, origins: ResourceOrigins): RequestedScopes => ({
  resource: resourceOf(audience, origins),
  permissions: [defaultScope],
  openid: ['openid', 'profile', 'offline_access'],
});
