import {
  authorityContract,
  connectedMachineContract,
  containerContract,
  createTestDatabase,
  directoryContract,
  heartbeatContract,
  longRunningOperationContract,
  machineContract,
  machineListContract,
  placeContract,
  resourceGroupContract,
  roleAssignmentContract,
  serviceAvailabilityContract,
  signingKeyContract,
  subscriptionContract,
} from '@holdfast/testkit';

const { stores } = await createTestDatabase();
const make = async () => stores;

authorityContract(make);
connectedMachineContract(make);
containerContract(make);
directoryContract(make);
heartbeatContract(make);
longRunningOperationContract(make);
machineContract(make);
machineListContract(make);
placeContract(make);
resourceGroupContract(make);
roleAssignmentContract(make);
serviceAvailabilityContract(make);
signingKeyContract(make);
subscriptionContract(make);
