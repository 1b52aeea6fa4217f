import { etagOf } from '@holdfast/arm';
import type { Handler, machineOperations } from '@holdfast/contracts';
import { type MachineStores, machineIdOf, requireMachine } from './machine-id.ts';
import type { StatusPolicy } from './machine-status.ts';
import { machineToWire } from './machine-wire.ts';

export const getMachine =
  (dependencies: MachineStores & { policy: () => StatusPolicy }): Handler<typeof machineOperations.Machines_Get> =>
  async ({ context, parameters }) => {
    const id = machineIdOf(parameters);
    const machine = await requireMachine(dependencies, { tenantId: context.caller.tenantId, id, lock: false });
    const options = { apiVersion: context.apiVersion, policy: dependencies.policy(), now: context.now };
    return { status: 200, body: machineToWire(machine, options), etag: etagOf(machine.version) };
  };
