import type { Client, Tenant } from '@holdfast/directory';
import { unwrap } from '@holdfast/kernel';
import type { AuthenticatedClient } from '../client-authentication/authenticate-client.ts';
import { presentedKind } from '../client-authentication/presented-client.ts';
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
import type { Grant, GrantRequest, GrantServices } from './grant.ts';

/** A program's own token (RFC 6749 section 4.4). */
export const clientCredentials: Grant = {
  name: 'client_credentials',
  aliases: [],
  issue: async (request, services) => {
    const { authenticator, tokens, origins } = services;
    const tenant = tenantOf(request.authority);
    const resource = requestedResource(request, origins);
    begin(request, tenant, resource);
    const { presented, audiences, sender } = request;
    const proven = await authenticator
      .authenticate({ tenant, presented, audiences, sender })
      .catch((error) => writeDownRefused(request, { tenant, error }, services));
    writeDown(request, proven);
    checkResource(resource, tenant);
    await checkPolicies(request, { proven, resource }, services);
    const { audience } = resource;
    const version = tokenVersionFor(resource, request.endpoint);
    const roles = resource.isGraph ? proven.client.roles : [];
    return { ...(await tokens.issueAppToken({ tenant, ...proven, audience, version, roles })), audience };
  },
};

const requestedResource = ({ endpoint, fields }: GrantRequest, origins: ResourceOrigins): RequestedResource =>
  endpoint === '1.0'
    ? resourceOf(requiredField(fields, 'resource'), origins)
    : unwrap(parseDefaultScope(requiredField(fields, 'scope'), origins));

const begin = ({ note, presented }: GrantRequest, tenant: Tenant, resource: RequestedResource): void => {
  note.flow = 'clientCredentials';
  note.tenantId = tenant.id;
  note.resource = resource.audience;
  note.credential = { kind: presentedKind(presented.credential), id: undefined };
  note.app = { appId: presented.appId, displayName: '' };
};

/** The log tells whose secret was guessed at. */
const writeDownRefused = async (
  { note, presented }: GrantRequest,
  { tenant, error }: { readonly tenant: Tenant; readonly error: unknown },
  { directory }: GrantServices,
): Promise<never> => {
  const { appId } = presented;
  const known = appId && (await directory.findClient(tenant.id, appId));
  if (known) name(note, known);
  throw error;
};

const name = (note: GrantRequest['note'], { objectId, displayName, appId }: Client): void => {
  note.principal = { kind: 'servicePrincipal', id: objectId, name: displayName };
  note.app = { appId, displayName };
};

const writeDown = ({ note }: GrantRequest, { client, credential, credentialId }: AuthenticatedClient): void => {
  name(note, client);
  note.credential = { kind: credential, id: credentialId };
};

const checkResource = ({ audience }: RequestedResource, tenant: Tenant): void => {
  if (!isNameOfResource(audience))
    throw oauthError('resourceNotFound', { resource: audience, tenant: tenant.displayName });
};

const checkPolicies = async (
  { note, sender }: GrantRequest,
  { proven, resource }: { readonly proven: AuthenticatedClient; readonly resource: RequestedResource },
  { conditionalAccess }: GrantServices,
): Promise<void> => {
  const { client, credential } = proven;
  const attempt = {
    tenantId: client.tenantId,
    resource,
    address: sender,
    credential,
    flow: 'clientCredentials',
  } as const;
  const { decision, policies } = await conditionalAccess.judgeProgram(attempt, client.objectId);
  note.policies = policies;
  if (decision !== 'grant') throw oauthError('conditionalAccessBlockedGrant', {});
};
