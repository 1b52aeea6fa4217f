import type { Client, RedirectUris } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Authority } from '../dialect/authority.ts';
import type { CachedDirectory } from '../directory/cached-directory.ts';
import { oauthError } from '../oauth-error.ts';
import { findFirstPartyApp } from './first-party.ts';

/** The program that asks for a person's token. */
export interface RequestingApp {
  readonly appId: Uuid;
  readonly displayName: string;
  readonly redirectUris: RedirectUris;
  /** Whether it may use the flows of programs that keep no secret without a redirect URI that says so. */
  readonly allowsPublicFlows: boolean;
  /** Its registration; undefined for a first-party program, which needs nobody's consent. */
  readonly registration: Client | undefined;
}

/** Throws `unknownClient`, `clientDisabled` or `applicationOfOneTenant`. */
export const findRequestingApp = async (
  directory: CachedDirectory,
  authority: Authority,
  appId: Uuid | undefined,
): Promise<RequestingApp> => {
  const firstParty = appId && findFirstPartyApp(appId);
  if (firstParty) return { ...firstParty, allowsPublicFlows: true, registration: undefined };
  if (authority.kind === 'any')
    throw oauthError('applicationOfOneTenant', { client: appId ?? '(not a GUID)', alias: authority.segment });
  const { tenant } = authority;
  const client = appId && (await directory.findClient(tenant.id, appId));
  if (!client) throw oauthError('unknownClient', { client: appId ?? '(not a GUID)', tenant: tenant.displayName });
  if (!client.enabled) throw oauthError('clientDisabled', { client: client.appId, name: client.displayName });
  return registered(client);
};

const registered = (client: Client): RequestingApp => ({
  appId: client.appId,
  displayName: client.displayName,
  redirectUris: client.redirectUris,
  allowsPublicFlows: client.isFallbackPublicClient || client.redirectUris.publicClient.length > 0,
  registration: client,
});
