import type { Tenant } from '@holdfast/directory';
import { unwrap } from '@holdfast/kernel';
import { tenantOf } from '../dialect/authority.ts';
import { requiredField } from '../dialect/form-fields.ts';
import {
  isNameOfResource,
  parseDefaultScope,
  type RequestedResource,
  type ResourceOrigins,
  resourceOf,
  tokenVersionFor,
} from '../dialect/requested-resource.ts';
import { oauthError } from '../oauth-error.ts';
import type { Grant, GrantRequest } from './grant.ts';

/** A program's own token (RFC 6749 section 4.4). */
export const clientCredentials: Grant = {
  name: 'client_credentials',
  aliases: [],
  issue: async (request, { authenticator, tokens, origins }) => {
    const tenant = tenantOf(request.authority);
    const resource = requestedResource(request, origins);
    const { presented, audiences, sender } = request;
    const { client, credential, credentialId } = await authenticator.authenticate({
      tenant,
      presented,
      audiences,
      sender,
    });
    checkResource(resource, tenant);
    const { audience } = resource;
    const version = tokenVersionFor(resource, request.endpoint);
    const roles = resource.isGraph ? client.roles : [];
    return {
      ...(await tokens.issueAppToken({ tenant, client, credential, credentialId, audience, version, roles })),
      audience,
    };
  },
};

const requestedResource = ({ endpoint, fields }: GrantRequest, origins: ResourceOrigins): RequestedResource =>
  endpoint === '1.0'
    ? resourceOf(requiredField(fields, 'resource'), origins)
    : unwrap(parseDefaultScope(requiredField(fields, 'scope'), origins));

const checkResource = ({ audience }: RequestedResource, tenant: Tenant): void => {
  if (!isNameOfResource(audience))
    throw oauthError('resourceNotFound', { resource: audience, tenant: tenant.displayName });
};
