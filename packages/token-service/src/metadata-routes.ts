import { unwrap } from '@holdfast/kernel';
import type { FastifyInstance } from 'fastify';
import { type Authority, findAuthority } from './dialect/authority.ts';
import { instanceDiscovery } from './dialect/instance-discovery.ts';
import { openidConfiguration } from './dialect/openid-configuration.ts';
import type { ResourceOrigins } from './dialect/requested-resource.ts';
import type { CachedDirectory } from './directory/cached-directory.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { OAuthError, oauthError, wordsOf } from './oauth-error.ts';
import type { TokenVersion } from './tokens/issuer-names.ts';

export interface MetadataServices {
  readonly directory: CachedDirectory;
  readonly keyRing: KeyRing;
  readonly origins: ResourceOrigins & { readonly login: string };
}

interface TenantRoute {
  Params: { tenant: string };
}

/** Public documents, for scripts of any origin too (msal-browser reads them). */
const documentHeaders = {
  'access-control-allow-origin': '*',
  'cache-control': 'public, max-age=300',
  'content-type': 'application/json; charset=utf-8',
} as const;

/** What anybody may read of the authority: discovery documents, public keys, and the pages errors point to. */
export const registerMetadataRoutes = (app: FastifyInstance, services: MetadataServices): void => {
  registerTenantRoutes(app, services, '/v2.0');
  registerTenantRoutes(app, services, '');
  app.get<{ Querystring: { authorization_endpoint?: string } }>(
    '/common/discovery/instance',
    async (request, reply) => {
      const asked = request.query.authorization_endpoint;
      const endpoint = typeof asked === 'string' ? asked : '';
      return reply.headers(documentHeaders).send(unwrap(instanceDiscovery(services.origins.login, endpoint)));
    },
  );
  app.get<{ Querystring: { code?: string } }>('/error', async (request, reply) => {
    const words = wordsOf(Number(request.query.code));
    const text =
      words === undefined ? 'This error code is not known.' : `AADSTS${Number(request.query.code)}: ${words}`;
    return reply
      .status(words === undefined ? 404 : 200)
      .type('text/plain; charset=utf-8')
      .send(`${text}\n`);
  });
};

const registerTenantRoutes = (app: FastifyInstance, services: MetadataServices, infix: '/v2.0' | ''): void => {
  const { directory, keyRing, origins } = services;
  const version: TokenVersion = infix === '' ? '1.0' : '2.0';
  app.get<TenantRoute>(`/:tenant${infix}/.well-known/openid-configuration`, async (request, reply) => {
    const authority = await findListedAuthority(directory, request.params.tenant);
    return reply.headers(documentHeaders).send(openidConfiguration(origins, authority, version));
  });
  app.get<TenantRoute>(`/:tenant/discovery${infix}/keys`, async (request, reply) => {
    const authority = await findListedAuthority(directory, request.params.tenant);
    // Without a tenant in the address these are the default tenant's keys.
    const tenant = authority.kind === 'tenant' ? authority.tenant : await directory.defaultTenant();
    return reply.headers(documentHeaders).send(await keyRing.jwks(tenant.id));
  });
};

/** Entra says `invalid_tenant` in discovery, which MSAL for Python looks for, and `invalid_request` elsewhere. */
const findListedAuthority = async (directory: CachedDirectory, segment: string): Promise<Authority> => {
  try {
    return await findAuthority(directory, segment);
  } catch (error) {
    if (!(error instanceof OAuthError) || error.entry !== 'tenantNotFound') throw error;
    throw oauthError('tenantNotFoundInDiscovery', { tenant: segment });
  }
};
