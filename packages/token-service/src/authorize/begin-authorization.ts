import { newUuid, unwrap } from '@holdfast/kernel';
import { findRequestingApp } from '../clients/requesting-app.ts';
import { type Authority, findAuthority } from '../dialect/authority.ts';
import {
  type AnswerPlace,
  clientIdOf,
  parseAuthorizationRequest,
  responseModeOf,
} from '../dialect/authorization-request.ts';
import { type FormFields, parseForm, requiredField } from '../dialect/form-fields.ts';
import { matchRedirectUri } from '../dialect/redirect-uri.ts';
import { OAuthError, oauthError } from '../oauth-error.ts';
import { advance } from '../sign-in/advance.ts';
import { answerClientError } from '../sign-in/answer-client.ts';
import type { BrowserRequest, Reply } from '../sign-in/browser-request.ts';
import type { SignInServices } from '../sign-in/sign-in-services.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import { isForClient } from './is-for-client.ts';

export interface AuthorizationCall {
  /** The first path segment. */
  readonly segment: string;
  readonly version: TokenVersion;
  /** Query or form, as it was sent. */
  readonly parameters: string;
}

/**
 * Begins a sign-in for a program. Until the program and its redirect URI are known, faults are shown to the person: what is
 * sent to an address that nobody registered could be anybody's (RFC 6749 section 4.1.2.1).
 */
export const beginAuthorization = async (
  call: AuthorizationCall,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<Reply> => {
  const fields = unwrap(parseForm(call.parameters));
  const authority = await findAuthority(services.directory, call.segment);
  const place = { ...(await findPlace(fields, authority, services)), version: call.version };
  try {
    const about = { version: call.version, origins: services.origins };
    const request = unwrap(parseAuthorizationRequest(fields, place, about));
    const { correlationId } = browser;
    const interaction = {
      startedAt: browser.now.getTime(),
      correlationId,
      authority: authority.segment,
      purpose: { kind: 'authorize', request },
      settled: [],
    } as const;
    return await advance(interaction, browser, { services });
  } catch (error) {
    if (!(error instanceof OAuthError) || !isForClient(error)) throw error;
    const tenantId = authority.kind === 'tenant' ? authority.tenant.id : undefined;
    return answerClientError(place, error, {
      login: services.origins.login,
      tenantId,
      traceId: newUuid(services.random),
    });
  }
};

const findPlace = async (
  fields: FormFields,
  authority: Authority,
  services: SignInServices,
): Promise<Omit<AnswerPlace, 'version'>> => {
  requiredField(fields, 'client_id');
  const app = await findRequestingApp(services.directory, authority, clientIdOf(fields));
  const uri = requiredField(fields, 'redirect_uri');
  const redirect = matchRedirectUri(app.redirectUris, uri);
  if (redirect === undefined) throw oauthError('noSuchRedirect', { uri, client: app.appId });
  const { kind: redirectKind, uri: redirectUri } = redirect;
  const responseMode = responseModeOf(fields, redirect);
  return { clientId: app.appId, redirectUri, redirectKind, responseMode, state: fields.get('state') };
};
