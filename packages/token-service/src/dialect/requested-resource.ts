import { err, isUuid, ok, type Result } from '@holdfast/kernel';
import { type OAuthError, oauthError } from '../oauth-error.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';

/** The resource a token is for, spelled as it was asked: it becomes `aud` unchanged. */
export interface RequestedResource {
  readonly audience: string;
  /** Whether it names the directory's own API in any of its spellings. */
  readonly isGraph: boolean;
  /** Whether it names the resource manager; one origin may name both. */
  readonly isManagement: boolean;
}

/** Our own APIs' origins, without a trailing slash. */
export interface ResourceOrigins {
  readonly graph: string;
  readonly management: string;
}

/** Azure's ids and names of the two, which clients and registrations have built in. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';
export const managementAppId = '797f4846-ba00-4fd7-ba43-dac1f8f63013';
const graphNames = ['https://graph.microsoft.com', graphAppId];
const managementNames = ['https://management.azure.com', 'https://management.core.windows.net', managementAppId];

/** Scopes that ask for more than a resource. They ride along even where they mean nothing (MSAL Go sends them always). */
const rideAlong = new Set(['openid', 'profile', 'email', 'offline_access']);
const longestResource = 512;

/** The resource of a `client_credentials` scope (v2): one resource, ending in `/.default`. */
export const parseDefaultScope = (scope: string, origins: ResourceOrigins): Result<RequestedResource, OAuthError> => {
  const scopes = scope.split(/\s+/).filter((part) => part !== '' && !rideAlong.has(part.toLowerCase()));
  const [only] = new Set(scopes);
  if (only === undefined) return err(oauthError('invalidScope', { reason: 'It names no resource.' }));
  if (new Set(scopes).size > 1) return err(oauthError('invalidScope', { reason: 'It names more than one resource.' }));
  // Only the last suffix goes: `https://host//.default` asks for the audience `https://host/`.
  const suffix = /\/(\.default|user_impersonation)$/i.exec(only);
  if (suffix === null) return err(oauthError('scopeWithoutDefault', { scope: only }));
  return ok(resourceOf(only.slice(0, suffix.index), origins));
};

export const resourceOf = (audience: string, origins: ResourceOrigins): RequestedResource => {
  const bare = bareName(audience);
  const { graph, management } = ownNamesOf(origins);
  return { audience, isGraph: graph.has(bare), isManagement: management.has(bare) };
};

interface OwnNames {
  readonly graph: ReadonlySet<string>;
  readonly management: ReadonlySet<string>;
}

/** Put together once: every token request asks. */
const ownNames = new WeakMap<ResourceOrigins, OwnNames>();

const ownNamesOf = (origins: ResourceOrigins): OwnNames => {
  const known = ownNames.get(origins);
  if (known !== undefined) return known;
  const names = {
    graph: new Set([bareName(origins.graph), ...graphNames]),
    management: new Set([bareName(origins.management), ...managementNames]),
  };
  ownNames.set(origins, names);
  return names;
};

/** A resource's name as names are compared: spellings with a slash at the end, or in other letters, are one. */
export const bareName = (audience: string): string => audience.replace(/\/+$/, '').toLowerCase();

/**
 * Resources cannot be registered yet, so every well-formed name is issued for: a token for somebody else's name opens
 * nothing here. Names that only we give a meaning to stay out of reach.
 */
export const isNameOfResource = (audience: string): boolean =>
  isUuid(audience) || (audience.length <= longestResource && isPlainUri(audience));

const isPlainUri = (text: string): boolean => {
  if (!/^(https|api):\/\/[\w.~!$&'()*+,;=:@%/[\]-]+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password, host } = new URL(text);
  return host !== '' && username === '' && password === '';
};

/** Entra issues 2.0 tokens for applications named by their GUID at the v2 endpoint; all else, Graph included, gets 1.0. */
export const tokenVersionFor = (resource: RequestedResource, endpoint: TokenVersion): TokenVersion =>
  endpoint === '2.0' && isUuid(resource.audience) && !resource.isGraph ? '2.0' : '1.0';
