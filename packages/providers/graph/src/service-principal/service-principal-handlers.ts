import { listServicePrincipalOwnedObjects } from '../directory-object/owned-objects.ts';
import type { GraphDependencies } from '../stores.ts';
import { createAppRoleAssignment, deleteAppRoleAssignment, listAppRoleAssignments } from './app-role-assignments.ts';
import { createServicePrincipal } from './create-service-principal.ts';
import { deleteServicePrincipal } from './delete-service-principal.ts';
import { getServicePrincipal } from './get-service-principal.ts';
import { listServicePrincipals } from './list-service-principals.ts';
import {
  checkServicePrincipalMemberGroups,
  getServicePrincipalMemberGroups,
  listServicePrincipalMemberOf,
  listServicePrincipalTransitiveMemberOf,
} from './service-principal-groups.ts';
import {
  addServicePrincipalOwner,
  listServicePrincipalOwners,
  removeServicePrincipalOwner,
} from './service-principal-owners.ts';
import { addServicePrincipalPassword, removeServicePrincipalPassword } from './service-principal-passwords.ts';
import { updateServicePrincipal } from './update-service-principal.ts';

export const servicePrincipalHandlers = (dependencies: GraphDependencies) => ({
  ServicePrincipals_List: listServicePrincipals(dependencies),
  ServicePrincipals_Create: createServicePrincipal(dependencies),
  ServicePrincipals_Get: getServicePrincipal(dependencies),
  ServicePrincipals_Update: updateServicePrincipal(dependencies),
  ServicePrincipals_Delete: deleteServicePrincipal(dependencies),
  ServicePrincipals_AddPassword: addServicePrincipalPassword(dependencies),
  ServicePrincipals_RemovePassword: removeServicePrincipalPassword(dependencies),
  ServicePrincipals_ListOwners: listServicePrincipalOwners(dependencies),
  ServicePrincipals_AddOwner: addServicePrincipalOwner(dependencies),
  ServicePrincipals_RemoveOwner: removeServicePrincipalOwner(dependencies),
  ServicePrincipals_ListMemberOf: listServicePrincipalMemberOf(dependencies),
  ServicePrincipals_ListTransitiveMemberOf: listServicePrincipalTransitiveMemberOf(dependencies),
  ServicePrincipals_GetMemberGroups: getServicePrincipalMemberGroups(dependencies),
  ServicePrincipals_CheckMemberGroups: checkServicePrincipalMemberGroups(dependencies),
  ServicePrincipals_ListOwnedObjects: listServicePrincipalOwnedObjects(dependencies),
  AppRoleAssignments_List: listAppRoleAssignments(dependencies),
  AppRoleAssignments_Create: createAppRoleAssignment(dependencies),
  AppRoleAssignments_Delete: deleteAppRoleAssignment(dependencies),
});
