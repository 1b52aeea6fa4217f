import type { agentOperations, HandlersOf, machineOperations } from '@holdfast/contracts';
import type { Random } from '@holdfast/kernel';
import type { ConnectedMachineStore } from './agent/connected-machine-store.ts';
import { heartbeat } from './agent/heartbeat.ts';
import type { HeartbeatBatch } from './agent/heartbeat-batch.ts';
import { issueCertificate, type MachineAuthority } from './agent/issue-certificate.ts';
import { issueToken, type MachineTokens } from './agent/issue-token.ts';
import { deleteMachine } from './machine/delete-machine.ts';
import { getMachine } from './machine/get-machine.ts';
import { listMachinesOfGroup, listMachinesOfSubscription } from './machine/list-machines.ts';
import type { StatusPolicy } from './machine/machine-status.ts';
import type { Containers, LongRunningOperations, MachineStore, ManagedIdentities } from './machine/machine-store.ts';
import { patchMachine } from './machine/patch-machine.ts';
import { putMachine } from './machine/put-machine.ts';
import { getOperationOutcome, getOperationStatus } from './operation/get-operation.ts';

export interface HybridComputeDependencies {
  readonly random: Random;
  /** Names of the places a machine may be in. */
  readonly locations: readonly string[];
  /** The rules for a machine's state as they are now. */
  readonly policy: () => StatusPolicy;
  /** How often agents are asked to beat. */
  readonly heartbeatSeconds: number;
  readonly machines: MachineStore;
  readonly containers: Containers;
  readonly identities: ManagedIdentities;
  readonly operations: LongRunningOperations;
  readonly connected: ConnectedMachineStore;
  readonly heartbeats: HeartbeatBatch;
  readonly authority: MachineAuthority;
  readonly tokens: MachineTokens;
}

type Table = typeof machineOperations & typeof agentOperations;

export const hybridComputeHandlers = (dependencies: HybridComputeDependencies): HandlersOf<Table> => ({
  Machines_ListBySubscription: listMachinesOfSubscription(dependencies),
  Machines_ListByResourceGroup: listMachinesOfGroup(dependencies),
  Machines_Get: getMachine(dependencies),
  Machines_CreateOrUpdate: putMachine(dependencies),
  Machines_Update: patchMachine(dependencies),
  Machines_Delete: deleteMachine(dependencies),
  HybridComputeOperations_GetStatus: getOperationStatus(dependencies),
  HybridComputeOperations_GetResult: getOperationOutcome(dependencies),
  Agent_IssueCertificate: issueCertificate(dependencies),
  Agent_Heartbeat: heartbeat(dependencies),
  Agent_IssueToken: issueToken(dependencies),
});
