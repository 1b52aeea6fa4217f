import type { graphOperations, HandlersOf } from '@holdfast/contracts';
import { applicationHandlers } from './application/application-handlers.ts';
import { getNamedLocation, listNamedLocations } from './conditional-access/read-locations.ts';
import { getPolicy, listPolicies } from './conditional-access/read-policies.ts';
import { createNamedLocation, deleteNamedLocation, updateNamedLocation } from './conditional-access/write-locations.ts';
import { createPolicy, deletePolicy, updatePolicy } from './conditional-access/write-policies.ts';
import { getDirectoryObject, getDirectoryObjectsByIds } from './directory-object/get-directory-objects.ts';
import { checkObjectMemberGroups, getObjectMemberGroups } from './directory-object/object-member-groups.ts';
import { groupHandlers } from './group/group-handlers.ts';
import { meHandlers } from './me/me-handlers.ts';
import { getDomain, getOrganization, listDomains, listOrganizations } from './organization/read-organization.ts';
import { getPermissionGrant, listPermissionGrants } from './permission-grant/read-grants.ts';
import {
  createPermissionGrant,
  deletePermissionGrant,
  updatePermissionGrant,
} from './permission-grant/write-grants.ts';
import { listCredentialActivities } from './report/list-credential-activities.ts';
import { roleHandlers } from './role/role-handlers.ts';
import { servicePrincipalHandlers } from './service-principal/service-principal-handlers.ts';
import { getSignIn, listSignIns } from './sign-in/read-sign-ins.ts';
import type { GraphDependencies } from './stores.ts';
import { userHandlers } from './user/user-handlers.ts';

export const graphHandlers = (dependencies: GraphDependencies): HandlersOf<typeof graphOperations> => ({
  ...applicationHandlers(dependencies),
  ...servicePrincipalHandlers(dependencies),
  ...userHandlers(dependencies),
  ...meHandlers(dependencies),
  ...groupHandlers(dependencies),
  ...roleHandlers(dependencies),
  DirectoryObjects_Get: getDirectoryObject(dependencies),
  DirectoryObjects_GetByIds: getDirectoryObjectsByIds(dependencies),
  DirectoryObjects_GetMemberGroups: getObjectMemberGroups(dependencies),
  DirectoryObjects_CheckMemberGroups: checkObjectMemberGroups(dependencies),
  PermissionGrants_List: listPermissionGrants(dependencies),
  PermissionGrants_Create: createPermissionGrant(dependencies),
  PermissionGrants_Get: getPermissionGrant(dependencies),
  PermissionGrants_Update: updatePermissionGrant(dependencies),
  PermissionGrants_Delete: deletePermissionGrant(dependencies),
  ConditionalAccessPolicies_List: listPolicies(dependencies),
  ConditionalAccessPolicies_Create: createPolicy(dependencies),
  ConditionalAccessPolicies_Get: getPolicy(dependencies),
  ConditionalAccessPolicies_Update: updatePolicy(dependencies),
  ConditionalAccessPolicies_Delete: deletePolicy(dependencies),
  NamedLocations_List: listNamedLocations(dependencies),
  NamedLocations_Create: createNamedLocation(dependencies),
  NamedLocations_Get: getNamedLocation(dependencies),
  NamedLocations_Update: updateNamedLocation(dependencies),
  NamedLocations_Delete: deleteNamedLocation(dependencies),
  CredentialActivities_List: listCredentialActivities(dependencies),
  SignIns_List: listSignIns(dependencies),
  SignIns_Get: getSignIn(dependencies),
  Organization_List: listOrganizations(dependencies),
  Organization_Get: getOrganization(dependencies),
  Domains_List: listDomains(dependencies),
  Domains_Get: getDomain(dependencies),
});
