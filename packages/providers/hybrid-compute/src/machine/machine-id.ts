import { armError, type GroupId, parseGroupName, parseSubscriptionId, type ResourceId } from '@holdfast/arm';
import { type Uuid, unwrap } from '@holdfast/kernel';
import { type Machine, namespace, resourceType } from './machine.ts';
import { parseMachineName } from './machine-name.ts';
import type { Containers, MachineStore } from './machine-store.ts';

export const groupIdOf = (parameters: { subscriptionId: string; resourceGroupName: string }): GroupId => ({
  subscriptionId: unwrap(parseSubscriptionId(parameters.subscriptionId)),
  group: unwrap(parseGroupName(parameters.resourceGroupName)),
});

export const machineIdOf = (parameters: {
  subscriptionId: string;
  resourceGroupName: string;
  machineName: string;
}): ResourceId => ({
  ...groupIdOf(parameters),
  namespace,
  type: 'machines',
  name: unwrap(parseMachineName(parameters.machineName)),
});

/** What reading a machine needs. */
export interface MachineStores {
  readonly machines: MachineStore;
  readonly containers: Containers;
}

/** The machine, or the error that names the first thing missing: subscription, group, machine. */
export const requireMachine = async (
  { machines, containers }: MachineStores,
  { tenantId, id, lock }: { tenantId: Uuid; id: ResourceId; lock: boolean },
): Promise<Machine> => {
  const machine = await machines.find(tenantId, id, { lock });
  if (machine !== undefined) return machine;
  await requireGroup(containers, tenantId, id);
  throw armError('ResourceNotFound', { type: resourceType, name: id.name.text, group: id.group.text });
};

export const requireSubscription = async (containers: Containers, tenantId: Uuid, { subscriptionId }: GroupId) => {
  const subscription = await containers.findSubscription(tenantId, subscriptionId);
  if (subscription === undefined) throw armError('SubscriptionNotFound', { id: subscriptionId });
  return subscription;
};

export const requireGroup = async (containers: Containers, tenantId: Uuid, id: GroupId): Promise<GroupId> => {
  await requireSubscription(containers, tenantId, id);
  const group = await containers.findGroup(tenantId, id);
  if (group === undefined) throw armError('ResourceGroupNotFound', { name: id.group.text });
  return group;
};
