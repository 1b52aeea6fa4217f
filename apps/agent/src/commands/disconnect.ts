import type { AgentStatus, ConnectTarget } from '@holdfast/agent-runtime';
import { AgentError, agentError } from '../agent-error.ts';
import { createArmClient, type MachineResource } from '../cloud/arm.ts';
import { armAgentError } from '../cloud/arm-agent-error.ts';
import { findCloudEndpoints } from '../cloud/cloud-endpoints.ts';
import { createHttpClient } from '../cloud/http.ts';
import { machinePath } from '../cloud/machine-path.ts';
import { createHimdsCalls, type HimdsCalls } from '../himds-client/himds-calls.ts';
import { resetLocalState } from '../himds-client/reset-local-state.ts';
import { guidOf } from '../options/connect-request.ts';
import { parseCredential } from '../options/credential.ts';
import type { Command, CommandContext } from './command.ts';
import { signIn } from './connect/sign-in.ts';
import { requireElevation } from './require-elevation.ts';
import { retryNotice } from './retry-notice.ts';

/**
 * Ends the connection: the resource goes first, then the local identity. Cut off in between, the same call finds no
 * resource and goes on. With --force-local-only the resource stays.
 */
export const disconnect: Command = async (context) => {
  requireElevation(context.world);
  const himds = createHimdsCalls(context.world);
  if (context.values.on('force-local-only')) return disconnectLocally(context, himds);
  const { report } = context;
  const status = await himds.status();
  const { target } = status;
  if (target === null) {
    report.info('This machine is not connected: there is nothing to do');
    return report.result('', { status: 'Disconnected', resourceId: null, resourceDeleted: false });
  }
  const resourceId = status.resourceId ?? machinePath(target);
  report.stage(`Disconnecting ${resourceId}`, 0);
  const resourceDeleted = await deleteResource(context, { ...status, target, resourceId });
  report.stage('Removing the identity of this machine', 0.8);
  await reset(himds);
  reportEnd(context, { resourceId, resourceDeleted });
};

interface KnownResource extends AgentStatus {
  readonly target: ConnectTarget;
  readonly resourceId: string;
}

const deleteResource = async (context: CommandContext, known: KnownResource): Promise<boolean> => {
  const { world, report, signal } = context;
  const { clock } = world;
  const { target, resourceId } = known;
  const tenantId = guidOf(context.values, 'tenant-id') ?? target.tenantId;
  const request = { credential: parseCredential(context.values, world.env), tenantId };
  const http = createHttpClient({ clock, caPem: target.caPem, signal, trace: report.verbose });
  const endpoints = await findCloudEndpoints({ http, endpoint: target.endpoint });
  const { token } = await signIn({ http, request, endpoints, context });
  const origin = endpoints.resourceManager;
  const onRetry = retryNotice(report, 'The resource manager');
  const { correlationId } = target;
  const arm = createArmClient({ http, origin, token, correlationId, clock, signal, onRetry });
  report.stage('Deleting the resource', 0.5);
  try {
    const machine = await arm.findMachine(resourceId);
    if (!isOurs(machine, known, context)) return false;
    await arm.deleteMachine(resourceId);
    signal.throwIfAborted();
    return true;
  } catch (error) {
    throw await armAgentError(error, { otherwise: 'AZCM0043', credential: request.credential.kind, origin });
  }
};

/** Since this machine's resource was deleted, another machine may have taken its name: that one stays. */
const isOurs = (machine: MachineResource | undefined, { vmId }: KnownResource, { report }: CommandContext): boolean => {
  if (machine === undefined) {
    report.info('The resource does not exist any more');
    return false;
  }
  if (machine.vmId.toLowerCase() === vmId?.toLowerCase()) return true;
  report.warning(`${machine.id} belongs to another machine by now, with the VM id ${machine.vmId}: it is left alone`);
  return false;
};

const reset = (himds: HimdsCalls): Promise<void> =>
  himds.disconnect().catch((cause: unknown) => {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw agentError('AZCM0063', `the identity of this machine could not be removed: ${detail}`, { cause });
  });

const disconnectLocally = async (context: CommandContext, himds: HimdsCalls): Promise<void> => {
  await himds.disconnect().catch((error: unknown) => {
    if (!(error instanceof AgentError) || error.code !== 'AZCM0064') throw error;
    context.report.verbose('himds is not running: its files are removed directly');
    return resetLocalState(context.world);
  });
  reportEnd(context, { resourceId: null, resourceDeleted: false });
};

interface Outcome {
  readonly resourceId: string | null;
  readonly resourceDeleted: boolean;
}

const reportEnd = ({ report }: CommandContext, outcome: Outcome): void => {
  report.info('Disconnected this machine');
  report.result('', { status: 'Disconnected', ...outcome });
};
