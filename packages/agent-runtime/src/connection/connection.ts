import type { ConnectedMachine } from '@holdfast/contracts';
import type { ConnectTarget } from '../local-api/messages.ts';

/** Where and as what this machine is connected, as last heard from the control plane. */
export interface Connection {
  /** The target as it stands now: an administrator may have moved or tagged the resource since connect. */
  readonly target: ConnectTarget;
  readonly resourceId: string;
  readonly vmId: string;
  readonly principalId: string;
  readonly clientId: string;
  readonly connectedAt: Date;
}

export const connectionTo = (target: ConnectTarget, machine: ConnectedMachine, connectedAt: Date): Connection => ({
  target: {
    ...target,
    ...placeOf(machine.resourceId),
    tenantId: machine.tenantId,
    location: machine.location,
    tags: machine.tags,
  },
  resourceId: machine.resourceId,
  vmId: machine.vmId,
  principalId: machine.principalId,
  clientId: machine.clientId,
  connectedAt,
});

const resourceIdPattern =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.HybridCompute\/machines\/([^/]+)$/i;

const placeOf = (resourceId: string) => {
  const [, subscriptionId, resourceGroup, resourceName] = resourceIdPattern.exec(resourceId) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || resourceName === undefined) return {};
  return { subscriptionId, resourceGroup, resourceName };
};
