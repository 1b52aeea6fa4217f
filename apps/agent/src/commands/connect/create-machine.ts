import type { AgentStatus, ConnectTarget } from '@holdfast/agent-runtime';
import { agentError } from '../../agent-error.ts';
import { type ArmClient, ArmFailure, type MachineResource } from '../../cloud/arm.ts';
import { type ArmPurpose, armAgentError } from '../../cloud/arm-agent-error.ts';
import { machinePath } from '../../cloud/machine-path.ts';
import type { HimdsCalls } from '../../himds-client/himds-calls.ts';
import type { Report } from '../../output/report.ts';

export interface MachineCreation {
  readonly arm: ArmClient;
  readonly purpose: ArmPurpose;
  readonly himds: HimdsCalls;
  readonly status: AgentStatus;
  readonly target: ConnectTarget;
  readonly report: Report;
}

/**
 * The machine's resource, created with the key that himds prepared. A resource of an earlier, interrupted call is
 * recognised by its VM id and taken up.
 * @throws AZCM0044 when the name is another machine's; AZCM0042 and others with the resource manager's words
 */
export const createMachine = async (creation: MachineCreation): Promise<MachineResource> => {
  const { arm, purpose, himds, target } = creation;
  const asked = <T>(call: Promise<T>): Promise<T> =>
    call.catch(async (error: unknown) => {
      throw await armAgentError(error, purpose);
    });
  const path = machinePath(target);
  await asked(ensureGroup(creation));
  refuseTakenName(await asked(arm.findMachine(path)), creation.status);
  const { vmId, clientPublicKey } = await himds.prepare(target);
  const { location, tags } = target;
  const machine = await asked(arm.putMachine(path, { location, tags, vmId, clientPublicKey }));
  return { id: machine.id, vmId };
};

const refuseTakenName = (existing: MachineResource | undefined, { vmId }: AgentStatus): void => {
  if (existing === undefined || existing.vmId.toLowerCase() === vmId?.toLowerCase()) return;
  const { id } = existing;
  throw agentError('AZCM0044', `${id} exists with the VM id ${existing.vmId}`, { resourceId: id });
};

/** Onboarding accounts may not read groups, let alone make them: then the machine's own calls tell. */
const ensureGroup = async ({ arm, target, report }: MachineCreation): Promise<void> => {
  const path = `/subscriptions/${target.subscriptionId}/resourceGroups/${target.resourceGroup}`;
  try {
    if (await arm.hasGroup(path)) return;
  } catch (error) {
    if (error instanceof ArmFailure && error.status === 403) return;
    throw error;
  }
  report.info(`Creating the resource group '${target.resourceGroup}'`);
  await arm.putGroup(path, target.location);
};
