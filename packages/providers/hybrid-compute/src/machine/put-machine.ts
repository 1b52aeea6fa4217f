import { armError, etagOf, failedCondition, locationOf, parseTags, type ResourceId } from '@holdfast/arm';
import type { Answer, BodyOf, Handler, machineOperations, OperationRequest } from '@holdfast/contracts';
import { type Random, type Uuid, unwrap } from '@holdfast/kernel';
import type { IdentityKey, Machine } from './machine.ts';
import { keyFrom, vmIdFrom } from './machine-body.ts';
import { type MachineStores, machineIdOf } from './machine-id.ts';
import { settingsFromWire } from './machine-settings.ts';
import type { StatusPolicy } from './machine-status.ts';
import type { ManagedIdentities } from './machine-store.ts';
import { machineToWire } from './machine-wire.ts';
import { newMachine } from './new-machine.ts';
import { modified } from './system-data.ts';

type Put = typeof machineOperations.Machines_CreateOrUpdate;

export interface PutMachineDependencies extends MachineStores {
  readonly identities: ManagedIdentities;
  readonly policy: () => StatusPolicy;
  readonly random: Random;
  /** Names of the places a machine may be in. */
  readonly locations: readonly string[];
}

/**
 * Creates a machine or changes what people set on one. It is also how a server connects: it sends its VM id and the
 * public half of the key it made. A repeated connect finds its own machine by the VM id; anybody else's is refused.
 */
export const putMachine =
  (dependencies: PutMachineDependencies): Handler<Put> =>
  async (request) => {
    const { tenantId } = request.context.caller;
    const id = await writableId(dependencies, tenantId, machineIdOf(request.parameters));
    const existing = await dependencies.machines.find(tenantId, id, { lock: true });
    const failure = failedCondition(request.context.conditions, existing && etagOf(existing.version));
    if (failure !== undefined) throw failure;
    if (existing !== undefined) return replace(dependencies, request, existing);
    return create(dependencies, request, id);
  };

/** The id with its group as the group's creator wrote it; the group stays until this transaction ends. */
const writableId = async ({ containers }: MachineStores, tenantId: Uuid, id: ResourceId): Promise<ResourceId> => {
  const subscription = await containers.findSubscription(tenantId, id.subscriptionId);
  if (subscription === undefined) throw armError('SubscriptionNotFound', { id: id.subscriptionId });
  if (subscription.state === 'Disabled') throw armError('ReadOnlyDisabledSubscription', { id: id.subscriptionId });
  const group = await containers.findGroup(tenantId, id, { lock: true });
  if (group === undefined) throw armError('ResourceGroupNotFound', { name: id.group.text });
  return { ...id, group: group.group };
};

const create = async (
  dependencies: PutMachineDependencies,
  request: OperationRequest<Put>,
  id: ResourceId,
): Promise<Answer> => {
  const { machines, identities, random } = dependencies;
  const machine = newMachine(request, { id, random, locations: dependencies.locations });
  const outcome = await machines.insert(machine);
  if (outcome === 'key-taken') throw armError('MachineKeyInUse', {});
  if (outcome === 'name-taken') {
    const winner = await machines.find(machine.tenantId, id, { lock: true });
    if (winner === undefined) throw conflict(id);
    return replace(dependencies, request, winner);
  }
  const { tenantId, identity } = machine;
  await identities.create({ tenantId, ...identity, displayName: id.name.text, now: request.context.now });
  return answer(dependencies, request, machine);
};

/** Everything the server reported and everything fixed at creation survives a PUT that leaves it out. */
const replace = async (
  dependencies: PutMachineDependencies,
  request: OperationRequest<Put>,
  existing: Machine,
): Promise<Answer> => {
  const { context, body } = request;
  checkImmutable(existing, request);
  const changed: Machine = {
    ...existing,
    tags: unwrap(parseTags(body.tags ?? {})),
    kind: body.kind ?? existing.kind,
    key: keyFor(existing, body),
    settings: settingsFromWire(body.properties),
    systemData: modified(existing.systemData, context),
  };
  if ((await dependencies.machines.update(changed)) === 'key-taken') throw armError('MachineKeyInUse', {});
  return answer(dependencies, request, { ...changed, version: existing.version + 1 });
};

const checkImmutable = (existing: Machine, { body }: OperationRequest<Put>): void => {
  const { id, location, vmId } = existing;
  if (body.location !== undefined && locationOf(body.location) !== location) {
    throw armError('InvalidResourceLocation', {
      name: id.name.text,
      existing: location,
      group: id.group.text,
      location: body.location,
    });
  }
  const wanted = vmIdFrom(body);
  if (wanted !== undefined && wanted !== vmId) throw conflict(id);
};

/** A key is taken up once. Replacing it would hand the machine's identity to whoever holds the onboarding role. */
const keyFor = (existing: Machine, body: BodyOf<Put>): IdentityKey | undefined => {
  const wanted = keyFrom(body);
  if (wanted === undefined || existing.key === undefined) return wanted ?? existing.key;
  if (wanted.keyId === existing.key.keyId) return existing.key;
  const { name, group } = existing.id;
  throw armError('MachineKeyDiffers', { name: name.text, group: group.text });
};

const conflict = ({ name, group }: ResourceId) =>
  armError('MachineAlreadyExists', { name: name.text, group: group.text });

const answer = ({ policy }: PutMachineDependencies, { context }: OperationRequest<Put>, machine: Machine): Answer => ({
  status: 200,
  body: machineToWire(machine, { apiVersion: context.apiVersion, policy: policy(), now: context.now }),
  etag: etagOf(machine.version),
});
