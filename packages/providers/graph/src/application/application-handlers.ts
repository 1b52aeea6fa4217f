import {
  getFederatedCredential,
  listFederatedCredentials,
} from '../federated-credential/read-federated-credentials.ts';
import {
  createFederatedCredential,
  deleteFederatedCredential,
  updateFederatedCredential,
} from '../federated-credential/write-federated-credentials.ts';
import type { GraphDependencies } from '../stores.ts';
import { addApplicationOwner, listApplicationOwners, removeApplicationOwner } from './application-owners.ts';
import { addApplicationPassword, removeApplicationPassword } from './application-passwords.ts';
import { createApplication } from './create-application.ts';
import { deleteApplication } from './delete-application.ts';
import { getApplication } from './get-application.ts';
import { listApplications } from './list-applications.ts';
import { updateApplication } from './update-application.ts';

export const applicationHandlers = (dependencies: GraphDependencies) => ({
  Applications_List: listApplications(dependencies),
  Applications_Create: createApplication(dependencies),
  Applications_Get: getApplication(dependencies),
  Applications_Update: updateApplication(dependencies),
  Applications_Delete: deleteApplication(dependencies),
  Applications_AddPassword: addApplicationPassword(dependencies),
  Applications_RemovePassword: removeApplicationPassword(dependencies),
  Applications_ListOwners: listApplicationOwners(dependencies),
  Applications_AddOwner: addApplicationOwner(dependencies),
  Applications_RemoveOwner: removeApplicationOwner(dependencies),
  FederatedCredentials_List: listFederatedCredentials(dependencies),
  FederatedCredentials_Create: createFederatedCredential(dependencies),
  FederatedCredentials_Get: getFederatedCredential(dependencies),
  FederatedCredentials_Update: updateFederatedCredential(dependencies),
  FederatedCredentials_Delete: deleteFederatedCredential(dependencies),
});
