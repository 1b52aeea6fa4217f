import { applicationOperations, federatedCredentialOperations } from './applications.ts';
import { conditionalAccessOperations } from './conditional-access.ts';
import { directoryObjectOperations } from './directory-objects.ts';
import { directoryRoleOperations, roleManagementOperations } from './directory-roles.ts';
import { groupOperations } from './groups.ts';
import { meOperations } from './me.ts';
import { organizationOperations } from './organization.ts';
import { permissionGrantOperations } from './permission-grants.ts';
import { reportOperations } from './reports.ts';
import { appRoleAssignmentOperations, servicePrincipalOperations } from './service-principals.ts';
import { signInOperations } from './sign-ins.ts';
import { userOperations } from './users.ts';

/** The directory's API: the part of Microsoft Graph v1.0 that az and the SDKs use. */
export const graphOperations = {
  ...applicationOperations,
  ...federatedCredentialOperations,
  ...servicePrincipalOperations,
  ...appRoleAssignmentOperations,
  ...userOperations,
  ...meOperations,
  ...directoryObjectOperations,
  ...groupOperations,
  ...directoryRoleOperations,
  ...roleManagementOperations,
  ...permissionGrantOperations,
  ...conditionalAccessOperations,
  ...signInOperations,
  ...reportOperations,
  ...organizationOperations,
} as const;
