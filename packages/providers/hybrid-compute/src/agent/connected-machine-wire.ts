import { formatResourceId } from '@holdfast/arm';
import type { ConnectedMachine } from '@holdfast/contracts';
import type { Machine } from '../machine/machine.ts';

/** What a machine is told of its own resource. */
export const connectedMachineToWire = (
  machine: Pick<Machine, 'id' | 'location' | 'vmId' | 'tenantId' | 'identity' | 'tags'>,
): ConnectedMachine => ({
  resourceId: formatResourceId(machine.id),
  location: machine.location,
  vmId: machine.vmId,
  tenantId: machine.tenantId,
  principalId: machine.identity.principalId,
  clientId: machine.identity.clientId,
  tags: machine.tags,
});
