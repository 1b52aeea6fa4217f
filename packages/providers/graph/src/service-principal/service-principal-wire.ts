import type { Application, ServicePrincipal } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';
import { certificateToWire, secretToWire } from '../application/credential-wire.ts';
import { findOwnApi, ownApiPermissions } from './first-party.ts';

export const servicePrincipalToWire = (principal: ServicePrincipal): Entity => {
  const ownApi = findOwnApi(principal.appId);
  const permissions = ownApi === undefined ? { appRoles: [], scopes: [] } : ownApiPermissions(ownApi);
  return {
    id: principal.id,
    appId: principal.appId,
    displayName: principal.displayName,
    appDisplayName: principal.displayName,
    accountEnabled: principal.enabled,
    servicePrincipalType: principal.kind,
    servicePrincipalNames: [principal.appId, ...principal.identifierUris],
    appOwnerOrganizationId: ownApi === undefined ? principal.tenantId : null,
    appRoleAssignmentRequired: false,
    appRoles: permissions.appRoles,
    oauth2PermissionScopes: permissions.scopes,
    alternativeNames: [],
    tags: principal.tags,
    createdDateTime: principal.createdAt.toISOString(),
    deletedDateTime: null,
  };
};

/** With the credentials that it signs in with, which are its application's. */
export const servicePrincipalWithCredentials = (
  principal: ServicePrincipal,
  application: Application | undefined,
): Entity => ({
  ...servicePrincipalToWire(principal),
  passwordCredentials: (application?.secrets ?? []).map(secretToWire),
  keyCredentials: (application?.certificates ?? []).map(certificateToWire),
});
