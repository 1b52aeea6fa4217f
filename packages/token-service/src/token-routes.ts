import type { DirectoryStore } from '@holdfast/directory';
import type { Clock, Random } from '@holdfast/kernel';
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { createAssertionReplayGuard } from './client-authentication/assertion-replay.ts';
import { createClientAuthenticator } from './client-authentication/authenticate-client.ts';
import type { ResourceOrigins } from './dialect/requested-resource.ts';
import { createCachedDirectory } from './directory/cached-directory.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { registerMetadataRoutes } from './metadata-routes.ts';
import { oauthError } from './oauth-error.ts';
import { renderOAuthError } from './render-oauth-error.ts';
import { answerTokenRequest, type TokenEndpointServices } from './token-endpoint.ts';
import type { TokenVersion } from './tokens/issuer-names.ts';
import type { TokenIssuer } from './tokens/token-issuer.ts';

export interface TokenRoutesOptions {
  readonly directory: DirectoryStore;
  readonly keyRing: KeyRing;
  readonly tokens: TokenIssuer;
  /** Public origins without a trailing slash; they may be one. `login` must be the issuer's. */
  readonly origins: ResourceOrigins & { readonly login: string };
  readonly clock: Clock;
  readonly random: Random;
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
    const { clock } = options;
    const directory = createCachedDirectory(options.directory, clock);
    const replay = createAssertionReplayGuard(clock);
    const services: TokenEndpointServices = {
      directory,
      authenticator: createClientAuthenticator({ directory, replay, clock }),
      tokens: options.tokens,
      origins: options.origins,
      loginOrigin: options.origins.login,
    };
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit }, (_, body, done) =>
      done(null, body),
    );
    app.setErrorHandler(
      renderOAuthError({ clock, random: options.random, loginOrigin: options.origins.login, bodyLimit }),
    );
    registerMetadataRoutes(app, { directory, keyRing: options.keyRing, loginOrigin: options.origins.login });
    registerTokenRoute(app, services, '2.0');
    registerTokenRoute(app, services, '1.0');
    registerDeviceCodeRefusal(app);
  };

const tokenPaths: Readonly<Record<TokenVersion, string>> = {
  '1.0': '/:tenant/oauth2/token',
  '2.0': '/:tenant/oauth2/v2.0/token',
};

const registerTokenRoute = (app: FastifyInstance, services: TokenEndpointServices, endpoint: TokenVersion): void => {
  const path = tokenPaths[endpoint];
  app.post<{ Params: { tenant: string } }>(path, { bodyLimit }, async (request, reply) => {
    const body = await answerTokenRequest(
      {
        segment: request.params.tenant,
        endpoint,
        body: typeof request.body === 'string' ? request.body : '',
        authorization: request.headers.authorization,
        sender: request.ip,
      },
      services,
    );
    // RFC 6749 section 5.1.
    return reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' }).send(body);
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: path,
    handler: async (request, reply) => {
      reply.header('allow', 'POST');
      throw wrongMethod(request);
    },
  });
};

/** MSAL derives this address itself: until the grant is there it must hear so, rather than "not found". */
const registerDeviceCodeRefusal = (app: FastifyInstance): void => {
  for (const infix of ['', '/v2.0'])
    app.post(`/:tenant/oauth2${infix}/devicecode`, { bodyLimit }, async () => {
      throw oauthError('unsupportedGrant', { grant: 'device_code' });
    });
};

const wrongMethod = (request: FastifyRequest) => oauthError('wrongMethod', { allowed: 'POST', method: request.method });
