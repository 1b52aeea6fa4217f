import { parseTags, type ResourceId } from '@holdfast/arm';
import type { machineOperations, OperationRequest } from '@holdfast/contracts';
import { newUuid, type Random, unwrap } from '@holdfast/kernel';
import type { Liveness, Machine } from './machine.ts';
import { keyFrom, locationFrom, vmIdFrom } from './machine-body.ts';
import { settingsFromWire } from './machine-settings.ts';
import { created } from './system-data.ts';

export interface NewMachineNeeds {
  readonly id: ResourceId;
  readonly random: Random;
  /** Names of the places it may be in. */
  readonly locations: readonly string[];
}

/** The machine that a PUT asks for where there is none. */
export const newMachine = (
  { context, body }: OperationRequest<typeof machineOperations.Machines_CreateOrUpdate>,
  { id, random, locations }: NewMachineNeeds,
): Machine => ({
  machineId: newUuid(random),
  tenantId: context.caller.tenantId,
  id,
  location: locationFrom(body, locations),
  tags: unwrap(parseTags(body.tags ?? {})),
  kind: body.kind,
  vmId: vmIdFrom(body) ?? newUuid(random),
  identity: { principalId: newUuid(random), clientId: newUuid(random) },
  key: keyFrom(body),
  settings: settingsFromWire(body.properties),
  systemData: created(context),
  version: 1,
  liveness: unheard,
  facts: undefined,
});

const unheard: Liveness = {
  agentVersion: undefined,
  lastHeartbeatAt: undefined,
  connectedSince: undefined,
  certificateNotAfter: undefined,
  clone: undefined,
};
