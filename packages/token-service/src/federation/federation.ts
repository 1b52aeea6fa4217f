import type { IdentityProvider } from '@holdfast/directory';
import { base64url, type Clock, type Random, type Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
} from 'openid-client';
import type { Fetch } from './bounded-fetch.ts';
import { createProviderConnection } from './provider-connection.ts';
import { orProviderFailure } from './provider-failure.ts';

/** Signs people in at the OpenID providers of their tenants. */
export interface Federation {
  /** Where to send the browser. */
  begin(
    provider: IdentityProvider,
    wish?: SignInWish,
  ): Promise<{ readonly url: string; readonly pending: PendingSignIn }>;
  /** Who came back, from the address they came back to. `pending` is what `begin` gave, and counts once. */
  finish(provider: IdentityProvider, callbackUrl: URL, pending: PendingSignIn): Promise<FederatedIdentity>;
}

export interface SignInWish {
  /** What the person typed as their name. */
  readonly loginHint?: string;
  /** `login` asks for the proof again, `select_account` for the account. */
  readonly prompt?: 'login' | 'select_account';
}

/** What belongs to a sign-in while the browser is away: plain JSON, to be kept where only that browser brings it back. */
export interface PendingSignIn {
  readonly providerId: Uuid;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** A person, by the word of a provider. */
export interface FederatedIdentity {
  /** Never given to anybody else there (OpenID Connect Core section 2). */
  readonly subject: string;
  /** Of the ID token, and of the user info where the token is silent. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whether the person showed a second factor there, and the provider is trusted with that. */
  readonly mfa: boolean;
}

export interface FederationOptions {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly random: Random;
  /** Without a trailing slash. */
  readonly loginOrigin: string;
  /** Bounded. */
  readonly fetch: Fetch;
}

/**
 * The redirect URI to register at a provider. Each provider has its own, so that an answer cannot be passed off as
 * another's, whether or not they name themselves in it (RFC 9700 section 4.4.2.2).
 */
export const federatedRedirectUri = (loginOrigin: string, providerId: Uuid): string =>
  `${loginOrigin}/federated/callback/${providerId}`;

/** Refusals are thrown `OAuthError`s: `providerUnreachable` and `providerRefused`. */
export const createFederation = (options: FederationOptions): Federation => {
  const { random, loginOrigin } = options;
  const connection = createProviderConnection(options);
  const newSecret = () => base64url(random.bytes(32));
  return {
    begin: async (provider, wish = {}) => {
      const secrets = { state: newSecret(), nonce: newSecret(), codeVerifier: newSecret() };
      const pending = { providerId: provider.id, ...secrets };
      const configuration = await connection.configurationOf(provider);
      const parameters = await authorizationParameters(provider, { pending, loginOrigin, wish });
      const url = orProviderFailure(provider, async () => buildAuthorizationUrl(configuration, parameters).href);
      return { url: await url, pending };
    },
    finish: async (provider, callbackUrl, pending) => {
      const answer = new URL(federatedRedirectUri(loginOrigin, provider.id));
      const isHere = pending.providerId === provider.id && callbackUrl.pathname === answer.pathname;
      // Whatever name the request was sent under, the provider knows the registered one.
      answer.search = callbackUrl.search;
      const configuration = await connection.configurationOf(provider);
      return orProviderFailure(provider, () => {
        if (!isHere) throw new Error('the answer came to the address of another provider');
        return redeem(provider, { answer, pending, configuration });
      });
    },
  };
};

interface Departure {
  readonly pending: PendingSignIn;
  readonly loginOrigin: string;
  readonly wish: SignInWish;
}

/** Code flow with PKCE (RFC 7636), `state` and `nonce`. */
const authorizationParameters = async (
  provider: IdentityProvider,
  { pending, loginOrigin, wish }: Departure,
): Promise<Record<string, string>> => ({
  redirect_uri: federatedRedirectUri(loginOrigin, provider.id),
  scope: [...new Set(['openid', 'profile', 'email', ...provider.scopes])].join(' '),
  state: pending.state,
  nonce: pending.nonce,
  code_challenge: await calculatePKCECodeChallenge(pending.codeVerifier),
  code_challenge_method: 'S256',
  ...(wish.loginHint === undefined ? {} : { login_hint: wish.loginHint }),
  ...(wish.prompt === undefined ? {} : { prompt: wish.prompt }),
});

interface Return {
  readonly answer: URL;
  readonly pending: PendingSignIn;
  readonly configuration: Configuration;
}

/** `state`, `iss` (RFC 9207), `nonce`, audience, times and signature are checked by openid-client. */
const redeem = async (
  provider: IdentityProvider,
  { answer, pending, configuration }: Return,
): Promise<FederatedIdentity> => {
  const tokens = await authorizationCodeGrant(configuration, answer, {
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    pkceCodeVerifier: pending.codeVerifier,
    idTokenExpected: true,
  });
  const told = tokens.claims();
  // OpenID Connect Core section 2: at most 255 ASCII characters.
  if (told === undefined || !/^[\x20-\x7e]{1,255}$/.test(told.sub)) throw new Error('the ID token names nobody');
  const hasMore = configuration.serverMetadata().userinfo_endpoint !== undefined;
  const more = hasMore ? await fetchUserInfo(configuration, tokens.access_token, told.sub) : {};
  const mfa = provider.trustsMfa && Array.isArray(told['amr']) && told['amr'].includes('mfa');
  return { subject: told.sub, claims: { ...more, ...told }, mfa };
};
