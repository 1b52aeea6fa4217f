import { etagOf, failedCondition, parseTags } from '@holdfast/arm';
import type { Handler, machineOperations } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { type MachineStores, machineIdOf, requireMachine } from './machine-id.ts';
import { mergeSettings, settingsFromWire } from './machine-settings.ts';
import type { StatusPolicy } from './machine-status.ts';
import { machineToWire } from './machine-wire.ts';
import { modified } from './system-data.ts';

/** Changes what the body names. A given tag map replaces the old one whole. */
export const patchMachine =
  (dependencies: MachineStores & { policy: () => StatusPolicy }): Handler<typeof machineOperations.Machines_Update> =>
  async ({ context, parameters, body }) => {
    const { caller, now, apiVersion } = context;
    const id = machineIdOf(parameters);
    const existing = await requireMachine(dependencies, { tenantId: caller.tenantId, id, lock: true });
    const failure = failedCondition(context.conditions, etagOf(existing.version));
    if (failure !== undefined) throw failure;
    const changed = {
      ...existing,
      tags: unwrap(parseTags(body.tags ?? existing.tags)),
      kind: body.kind ?? existing.kind,
      settings: mergeSettings(existing.settings, settingsFromWire(body.properties)),
      systemData: modified(existing.systemData, context),
    };
    await dependencies.machines.update(changed);
    const machine = { ...changed, version: existing.version + 1 };
    const options = { apiVersion, policy: dependencies.policy(), now };
    return { status: 200, body: machineToWire(machine, options), etag: etagOf(machine.version) };
  };
