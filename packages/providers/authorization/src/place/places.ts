import { armError, type GroupId, type SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Place, ResourcePlace } from './place.ts';

/** What exists below a tenant. `lock` keeps it from going until the transaction ends. */
export interface Places {
  findSubscription(tenantId: Uuid, id: SubscriptionId): Promise<{ state: 'Enabled' | 'Disabled' } | undefined>;
  findGroup(tenantId: Uuid, id: GroupId, options?: { lock: boolean }): Promise<GroupId | undefined>;
  hasResource(tenantId: Uuid, resource: ResourcePlace, options?: { lock: boolean }): Promise<boolean>;
}

/** Throws the error that names the first thing missing: subscription, group, resource. */
export const requirePlace = async (places: Places, tenantId: Uuid, place: Place): Promise<void> =>
  check(places, { tenantId, place, lock: false });

/** As {@link requirePlace}, for making grants: the place stays, and a disabled subscription is read-only. */
export const requireWritablePlace = async (places: Places, tenantId: Uuid, place: Place): Promise<void> =>
  check(places, { tenantId, place, lock: true });

interface Question {
  readonly tenantId: Uuid;
  readonly place: Place;
  readonly lock: boolean;
}

const check = async (places: Places, { tenantId, place, lock }: Question): Promise<void> => {
  const { subscriptionId, groupId, resource } = place;
  if (subscriptionId === undefined) return;
  const subscription = await places.findSubscription(tenantId, subscriptionId);
  if (subscription === undefined) throw armError('SubscriptionNotFound', { id: subscriptionId });
  if (lock && subscription.state === 'Disabled') throw armError('ReadOnlyDisabledSubscription', { id: subscriptionId });
  if (groupId === undefined) return;
  const group = await places.findGroup(tenantId, groupId, { lock });
  if (group === undefined) throw armError('ResourceGroupNotFound', { name: groupId.group.text });
  if (resource === undefined || (await places.hasResource(tenantId, resource, { lock }))) return;
  throw armError('ResourceNotFound', { ...namesOf(resource), group: groupId.group.text });
};

/** ARM names a resource within another by its way down: `Microsoft.HybridCompute/machines/m1/extensions/e1`. */
const namesOf = ({ namespace, types, names }: ResourcePlace): { type: string; name: string } => {
  const way = [namespace, ...types.flatMap((type, at) => [type, names[at]?.text ?? ''])];
  return { type: way.slice(0, -1).join('/'), name: way.at(-1) ?? '' };
};
