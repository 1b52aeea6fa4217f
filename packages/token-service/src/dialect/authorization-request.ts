import { err, ok, parseUuid, type Result, type Uuid } from '@holdfast/kernel';
import { type OAuthError, oauthError } from '../oauth-error.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import type { FormFields } from './form-fields.ts';
import type { MatchedRedirect, RedirectKind } from './redirect-uri.ts';
import type { ResourceOrigins } from './requested-resource.ts';
import { parsePersonScope, type RequestedScopes, scopesOfResource } from './requested-scopes.ts';

export type ResponseMode = 'query' | 'fragment' | 'form_post';
export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

/** An authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1) whose redirect URI is known. */
export interface AuthorizationRequest {
  readonly clientId: Uuid;
  readonly redirectUri: string;
  readonly redirectKind: RedirectKind;
  readonly responseMode: ResponseMode;
  readonly version: TokenVersion;
  readonly requested: RequestedScopes;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly prompts: readonly Prompt[];
  readonly loginHint: string | undefined;
  /** Seconds since the person last proved who they are. */
  readonly maxAge: number | undefined;
  /** MSAL wants to hear of the account beside the code. */
  readonly wantsClientInfo: boolean;
}

/** Where errors may be sent before the rest of the request is understood. */
export interface AnswerPlace {
  readonly clientId: Uuid;
  readonly redirectUri: string;
  readonly redirectKind: RedirectKind;
  readonly responseMode: ResponseMode;
  readonly version: TokenVersion;
  readonly state: string | undefined;
}

export const clientIdOf = (fields: FormFields): Uuid | undefined => {
  const id = parseUuid(fields.get('client_id'));
  return id.ok ? id.value : undefined;
};

const modes: readonly string[] = ['query', 'fragment', 'form_post'] satisfies ResponseMode[];
const longestText = 8192;

/** Scripts read the fragment, which stays in the browser; everything else gets a query unless it asks otherwise. */
export const responseModeOf = (fields: FormFields, { kind, uri }: MatchedRedirect): ResponseMode => {
  const mode = fields.get('response_mode');
  if (mode !== undefined && modes.includes(mode) && isPossible(mode, uri)) return mode as ResponseMode;
  return kind === 'spa' ? 'fragment' : 'query';
};

/** Forms are posted to web addresses only, not to schemes of programs. */
const isPossible = (mode: string, uri: string): boolean => mode !== 'form_post' || /^https?:/i.test(uri);

/** The rest of the request; an error goes back to the program. */
export const parseAuthorizationRequest = (
  fields: FormFields,
  place: AnswerPlace,
  about: { readonly version: TokenVersion; readonly origins: ResourceOrigins },
): Result<AuthorizationRequest, OAuthError> => {
  const challenge = challengeOf(fields, place.redirectKind);
  const response = checkResponse(fields, place);
  if (!response.ok) return response;
  if (!challenge.ok) return challenge;
  const requested = requestedScopes(fields, about);
  if (!requested.ok) return requested;
  const { state, nonce, loginHint } = texts(fields);
  if ([state, nonce, loginHint].some((text) => (text?.length ?? 0) > longestText))
    return err(oauthError('malformedRequest', { reason: 'state, nonce or login_hint is too long' }));
  // It is kept, and PostgreSQL keeps every character but this one.
  if (nonce?.includes('\0') === true) return err(oauthError('malformedRequest', { reason: 'nonce has a zero byte' }));
  const prompts = promptsOf(fields);
  if (prompts.includes('none') && prompts.length > 1)
    return err(oauthError('malformedRequest', { reason: "prompt 'none' stands alone" }));
  return ok({
    ...place,
    version: about.version,
    requested: requested.value,
    state,
    nonce,
    codeChallenge: challenge.value,
    prompts,
    loginHint,
    maxAge: maxAgeOf(fields),
    wantsClientInfo: fields.get('client_info') === '1',
  });
};

/** How the answer is to come: a code, in a way that suits the redirect URI. */
const checkResponse = (fields: FormFields, { responseMode }: AnswerPlace): Result<true, OAuthError> => {
  // OpenID Connect Core section 6: what stands in them must not be passed over.
  if (fields.has('request') || fields.has('request_uri')) return err(oauthError('requestObjectUnsupported', {}));
  const type = fields.get('response_type');
  if (type === undefined) return err(oauthError('missingParameter', { name: 'response_type' }));
  if (type !== 'code') return err(oauthError('responseTypeUnsupported', { type }));
  const mode = fields.get('response_mode');
  if (mode === undefined || mode === responseMode) return ok(true);
  const reason = `response_mode must be one of ${modes.join(', ')}, the last for web addresses only`;
  return err(oauthError('malformedRequest', { reason }));
};

const texts = (fields: FormFields) => ({
  state: fields.get('state'),
  nonce: fields.get('nonce'),
  loginHint: fields.get('login_hint'),
});

const requestedScopes = (
  fields: FormFields,
  { version, origins }: { readonly version: TokenVersion; readonly origins: ResourceOrigins },
): Result<RequestedScopes, OAuthError> => {
  if (version === '2.0') {
    const scope = fields.get('scope');
    return scope === undefined
      ? err(oauthError('missingParameter', { name: 'scope' }))
      : parsePersonScope(scope, origins);
  }
  return ok(scopesOfResource(fields.get('resource') ?? origins.graph, origins));
};

/** PKCE (RFC 7636) for every program that keeps no secret, and S256 only: `plain` would show the verifier to the browser. */
const challengeOf = (fields: FormFields, kind: RedirectKind): Result<string | undefined, OAuthError> => {
  const challenge = fields.get('code_challenge');
  if (challenge === undefined) {
    if (kind === 'web' && !fields.has('code_challenge_method')) return ok(undefined);
    return err(oauthError('challengeRequired', {}));
  }
  const isS256 = fields.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
  return isS256 ? ok(challenge) : err(oauthError('challengeMethod', {}));
};

const knownPrompts: readonly string[] = ['none', 'login', 'consent', 'select_account'] satisfies Prompt[];

const promptsOf = (fields: FormFields): readonly Prompt[] =>
  (fields.get('prompt') ?? '').split(/\s+/).filter((prompt): prompt is Prompt => knownPrompts.includes(prompt));

const maxAgeOf = (fields: FormFields): number | undefined => {
  const text = fields.get('max_age') ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};
