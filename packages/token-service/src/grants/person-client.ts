import type { Tenant } from '@holdfast/directory';
import { findRequestingApp, type RequestingApp } from '../clients/requesting-app.ts';
import type { Authority } from '../dialect/authority.ts';
import type { RedirectKind } from '../dialect/redirect-uri.ts';
import { oauthError } from '../oauth-error.ts';
import type { CredentialKind } from '../tokens/token-issuer.ts';
import type { GrantRequest, GrantServices } from './grant.ts';

/** The program that redeems what a person allowed. */
export interface PersonClient {
  readonly app: RequestingApp;
  readonly credential: CredentialKind;
}

/**
 * Proves the program as far as it can prove itself: one with a `web` redirect URI must; one on a person's computer or in a
 * browser keeps no secret and comes without. A credential that is presented is always checked.
 */
export const proveClient = async (
  request: GrantRequest,
  { tenant, redirectKind }: { readonly tenant: Tenant; readonly redirectKind: RedirectKind },
  services: GrantServices,
): Promise<PersonClient> => {
  const { presented, audiences, sender, note } = request;
  const authority: Authority = { kind: 'tenant', tenant, segment: tenant.id };
  const app = await findRequestingApp(services.directory, authority, presented.appId);
  note.app = { appId: app.appId, displayName: app.displayName };
  if (presented.credential.kind !== 'none') {
    if (app.registration === undefined) throw oauthError('credentialOfPublicClient', {});
    const proof = await services.authenticator.authenticate({ tenant, presented, audiences, sender });
    note.credential = { kind: note.credential.kind, id: proof.credentialId };
    return { app, credential: proof.credential };
  }
  if (redirectKind === 'web') throw oauthError('credentialRequired', {});
  return { app, credential: 'none' };
};
