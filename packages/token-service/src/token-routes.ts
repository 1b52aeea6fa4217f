import type {
  ConditionalAccessStore,
  ConsentStore,
  DirectoryRoleStore,
  DirectoryStore,
  IdentityProviderStore,
  MembershipStore,
  UserStore,
} from '@holdfast/directory';
import { type Clock, newUuid, type Random } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { createAssertionReplayGuard } from './client-authentication/assertion-replay.ts';
import { createClientAuthenticator } from './client-authentication/authenticate-client.ts';
import { createIssuerKeys } from './client-authentication/issuer-keys.ts';
import type { AuthorizationCodeStore } from './codes/authorization-code-store.ts';
import { createConditionalAccess } from './conditional-access/judge.ts';
import { allowScripts, registerPreflight } from './cross-origin.ts';
import type { DeviceCodeStore } from './device-code/device-code-store.ts';
import { requestDeviceCode } from './device-code/request-device-code.ts';
import type { ResourceOrigins } from './dialect/requested-resource.ts';
import { createCachedDirectory } from './directory/cached-directory.ts';
import { createBoundedFetch, type Fetch } from './federation/bounded-fetch.ts';
import { createFederation } from './federation/federation.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { registerMetadataRoutes } from './metadata-routes.ts';
import { oauthError } from './oauth-error.ts';
import type { ChangeUser } from './people/person-services.ts';
import type { RefreshTokenStore } from './refresh/refresh-token-store.ts';
import { correlationIdOf, renderOAuthError } from './render-oauth-error.ts';
import { createGuessLimits } from './sign-in/guess-limits.ts';
import type { GuessStore } from './sign-in/guess-store.ts';
import { createInteractionSeal } from './sign-in/interaction-seal.ts';
import { createPasswordGate } from './sign-in/password-gate.ts';
import type { SessionStore } from './sign-in/session-store.ts';
import type { SignInLog } from './sign-in-log/write-down.ts';
import { registerSignInRoutes } from './sign-in-routes.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import type { TokenVersion } from './tokens/issuer-names.ts';
import type { TokenIssuer } from './tokens/token-issuer.ts';
import { registerUserInfoRoute } from './user-info-route.ts';

/** Everything that is kept for sign-in, by its port. */
export interface TokenStores {
  readonly directory: DirectoryStore;
  readonly users: UserStore;
  readonly memberships: MembershipStore;
  readonly directoryRoles: DirectoryRoleStore;
  readonly consents: ConsentStore;
  readonly conditionalAccess: ConditionalAccessStore;
  readonly identityProviders: IdentityProviderStore;
  readonly sessions: SessionStore;
  readonly guesses: GuessStore;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly refreshTokens: RefreshTokenStore;
  readonly deviceCodes: DeviceCodeStore;
}

export interface TokenRoutesOptions {
  readonly stores: TokenStores;
  readonly keyRing: KeyRing;
  readonly tokens: TokenIssuer;
  readonly changeUser: ChangeUser;
  readonly signInLog: SignInLog;
  readonly sealer: Sealer;
  /** Public origins without a trailing slash; they may be one. `login` must be the issuer's. */
  readonly origins: ResourceOrigins & { readonly login: string };
  readonly clock: Clock;
  readonly random: Random;
  /** How other issuers are asked, unless by the platform's own. */
  readonly fetch?: Fetch;
}

/** A form of this size holds any assertion with its chain. */
const bodyLimit = 65_536;

/**
 * The token authority's endpoints. The host collapses repeated slashes and routes without letter case
 * (`rewriteUrl`, `routerOptions.caseSensitive: false`).
 */
export const tokenRoutes =
  (options: TokenRoutesOptions): FastifyPluginAsync =>
  async (app) => {
    const { clock, random, origins, keyRing } = options;
    const services = servicesOf(options);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_, body, done) =>
      done(null, body),
    );
    const rendering = { clock, random, loginOrigin: origins.login, bodyLimit };
    app.setErrorHandler(renderOAuthError(rendering));
    registerMetadataRoutes(app, { directory: services.directory, keyRing, origins });
    for (const endpoint of ['2.0', '1.0'] as const) {
      registerTokenRoute(app, services, endpoint);
      registerDeviceCodeRoute(app, services, endpoint);
    }
    registerUserInfoRoute(app, { keyRing, users: options.stores.users, origins, clock });
    registerSignInRoutes(app, { ...services, rendering });
  };

const servicesOf = (options: TokenRoutesOptions) => {
  const { stores, clock, random, sealer, origins } = options;
  const directory = createCachedDirectory(stores.directory, clock);
  const fetch = createBoundedFetch(options.fetch);
  const issuerKeys = createIssuerKeys({ fetch, clock });
  const { memberships, directoryRoles: roles, conditionalAccess: policies } = stores;
  return {
    ...stores,
    ...options,
    directory,
    roles,
    providers: stores.identityProviders,
    authenticator: createClientAuthenticator({
      directory,
      replay: createAssertionReplayGuard(clock),
      issuerKeys,
      clock,
    }),
    conditionalAccess: createConditionalAccess({ policies, memberships, roles, clock }),
    federation: createFederation({ sealer, clock, random, fetch, loginOrigin: origins.login }),
    limits: createGuessLimits(stores.guesses, clock),
    passwords: createPasswordGate(random),
    seal: createInteractionSeal(sealer, clock),
  };
};

type Services = ReturnType<typeof servicesOf>;

interface TenantRoute {
  Params: { tenant: string };
}

const infixOf = { '1.0': '', '2.0': '/v2.0' } as const;

const registerTokenRoute = (app: FastifyInstance, services: Services, endpoint: TokenVersion): void => {
  const path = `/:tenant/oauth2${infixOf[endpoint]}/token`;
  app.post<TenantRoute>(path, { bodyLimit, onRequest: allowScripts }, async (request, reply) => {
    const { tenant: segment } = request.params;
    const { authorization, origin } = request.headers;
    const correlationId = correlationIdOf(request) ?? newUuid(services.random);
    const body = await answerTokenRequest(
      { segment, endpoint, body: formOf(request), authorization, origin, correlationId, ...senderOf(request) },
      services,
    );
    // RFC 6749 section 5.1.
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(body);
  });
  registerPreflight(app, path);
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    handler: async (request, reply) => {
      reply.header('allow', 'POST');
      throw oauthError('wrongMethod', { allowed: 'POST', method: request.method });
    },
  });
};

const registerDeviceCodeRoute = (app: FastifyInstance, services: Services, endpoint: TokenVersion): void => {
  app.post<TenantRoute>(`/:tenant/oauth2${infixOf[endpoint]}/devicecode`, { bodyLimit }, async (request, reply) => {
    const { tenant: segment } = request.params;
    const body = await requestDeviceCode({ segment, endpoint, body: formOf(request), ...senderOf(request) }, services);
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(body);
  });
};

const formOf = ({ body }: FastifyRequest): string => (typeof body === 'string' ? body : '');

const senderOf = (request: FastifyRequest) => ({
  sender: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});
