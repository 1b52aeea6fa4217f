import { type Uuid, unwrap } from '@holdfast/kernel';
import { parsePresentedClient } from './client-authentication/presented-client.ts';
import { assertionAudiences } from './dialect/assertion-audiences.ts';
import { findAuthority } from './dialect/authority.ts';
import { parseForm, requiredField } from './dialect/form-fields.ts';
import { tokenBody } from './dialect/token-body.ts';
import type { Grant, GrantServices } from './grants/grant.ts';
import { findGrant } from './grants/grants.ts';
import { oauthError } from './oauth-error.ts';
import { newSignInNote, type SignInNote } from './sign-in-log/sign-in-note.ts';
import { type SignInLog, writeDown } from './sign-in-log/write-down.ts';
import type { TokenVersion } from './tokens/issuer-names.ts';

export interface TokenRequest {
  /** The first path segment. */
  readonly segment: string;
  readonly endpoint: TokenVersion;
  /** The form as it was sent. */
  readonly body: string;
  readonly authorization: string | undefined;
  /** Network address of the sender. */
  readonly sender: string;
  readonly userAgent: string;
  /** Of the page that sends it, when a browser does. */
  readonly origin: string | undefined;
  readonly correlationId: Uuid;
}

export interface TokenEndpointServices extends GrantServices {
  readonly signInLog: SignInLog;
}

/** The 200 body for a token request; every refusal is a thrown `OAuthError`. Either way the sign-in log hears of it. */
export const answerTokenRequest = async (
  request: TokenRequest,
  services: TokenEndpointServices,
): Promise<Readonly<Record<string, unknown>>> => {
  const { sender: address, userAgent, correlationId } = request;
  const at = services.clock.now();
  const note = newSignInNote({ at, correlationId, address, userAgent, flow: 'clientCredentials' });
  try {
    const body = await issue(request, note, services);
    writeDown(services.signInLog, note);
    return body;
  } catch (error) {
    writeDown(services.signInLog, note, error);
    throw error;
  }
};

/** The order decides which refusal wins. */
const issue = async (
  request: TokenRequest,
  note: SignInNote,
  services: TokenEndpointServices,
): Promise<Readonly<Record<string, unknown>>> => {
  const fields = unwrap(parseForm(request.body));
  const grant = supportedGrant(requiredField(fields, 'grant_type'));
  const authority = await findAuthority(services.directory, request.segment);
  const presented = unwrap(parsePresentedClient(fields, request.authorization));
  if (authority.kind === 'tenant') note.tenantId = authority.tenant.id;
  note.app = { appId: presented.appId, displayName: '' };
  const audiences = assertionAudiences(services.origins.login, authority);
  const { endpoint, sender, origin } = request;
  const token = await grant.issue(
    { authority, endpoint, fields, presented, audiences, sender, origin, note },
    services,
  );
  return tokenBody(token, endpoint);
};

const supportedGrant = (grantType: string): Grant => {
  const grant = findGrant(grantType);
  if (grant === undefined) throw oauthError('unsupportedGrant', { grant: grantType });
  return grant;
};
