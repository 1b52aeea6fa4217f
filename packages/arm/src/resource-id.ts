import { type Brand, err, isUuid, ok, type Result, type Uuid } from '@holdfast/kernel';
import { type ArmError, armError } from './arm-error.ts';

/** A subscription's id. */
export type SubscriptionId = Brand<Uuid, 'SubscriptionId'>;

/**
 * A name as it stands in a resource id. Names keep their creator's letter case and compare without it:
 * `text` is for output, `key` for comparing and storing.
 */
export interface Name {
  readonly text: string;
  readonly key: string;
}

export const nameOf = (text: string): Name => ({ text, key: text.toLowerCase() });

/** A resource group's place in the hierarchy. */
export interface GroupId {
  readonly subscriptionId: SubscriptionId;
  readonly group: Name;
}

/** The id of a resource in a resource group, such as a machine. */
export interface ResourceId extends GroupId {
  /** Provider namespace, such as `Microsoft.HybridCompute`. */
  readonly namespace: string;
  /** Type within the namespace, such as `machines`. */
  readonly type: string;
  readonly name: Name;
}

const groupNamePattern = /^[-\w._()]{1,90}$/;

export const parseSubscriptionId = (raw: string): Result<SubscriptionId, ArmError> => {
  const lower = raw.toLowerCase();
  return isUuid(lower) ? ok(lower as SubscriptionId) : err(armError('InvalidSubscriptionId', { id: raw }));
};

/** Resource group names: letters, digits, `-_.()`, at most 90, not ending in a full stop. */
export const parseGroupName = (raw: string): Result<Name, ArmError> =>
  groupNamePattern.test(raw) && !raw.endsWith('.')
    ? ok(nameOf(raw))
    : err(armError('InvalidResourceGroupName', { name: raw }));

export const formatGroupId = (id: GroupId): string =>
  `/subscriptions/${id.subscriptionId}/resourceGroups/${id.group.text}`;

export const formatResourceId = (id: ResourceId): string =>
  `${formatGroupId(id)}/providers/${id.namespace}/${id.type}/${id.name.text}`;
