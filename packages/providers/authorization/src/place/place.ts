import {
  type ArmError,
  armError,
  type GroupId,
  type Name,
  nameOf,
  parseGroupName,
  parseSubscriptionId,
  type Scope,
  type SubscriptionId,
  scopeOf,
} from '@holdfast/arm';
import type { ScopeParameters } from '@holdfast/contracts';
import { err, ok, type Result, unwrap } from '@holdfast/kernel';

/** A resource in a group, or one within another: types and names begin with the outermost. */
export interface ResourcePlace {
  readonly groupId: GroupId;
  readonly namespace: string;
  readonly types: readonly string[];
  readonly names: readonly Name[];
}

/** Where a grant holds, with the parts that must exist for it. A place without any is the tenant's root. */
export interface Place {
  /** As the caller spelled it. */
  readonly text: string;
  readonly scope: Scope;
  readonly subscriptionId?: SubscriptionId;
  readonly groupId?: GroupId;
  readonly resource?: ResourcePlace;
}

/** The place that the path of a request names. */
export const placeOf = (parameters: ScopeParameters): Place => {
  const text = textOf(parameters);
  const place = { text, scope: scopeOf(text) };
  if (parameters.subscriptionId === undefined) return place;
  const subscriptionId = unwrap(parseSubscriptionId(parameters.subscriptionId));
  if (parameters.resourceGroupName === undefined) return { ...place, subscriptionId };
  const groupId = { subscriptionId, group: unwrap(parseGroupName(parameters.resourceGroupName)) };
  const resource = resourceOf(groupId, parameters);
  return { ...place, subscriptionId, groupId, ...(resource !== undefined && { resource }) };
};

const resourceOf = (groupId: GroupId, parameters: ScopeParameters): ResourcePlace | undefined => {
  const { resourceProviderNamespace: namespace, resourceType, resourceName, childType, childName } = parameters;
  if (namespace === undefined) return undefined;
  const types = [resourceType, childType].filter((type) => type !== undefined);
  const names = [resourceName, childName].filter((name) => name !== undefined);
  return { groupId, namespace, types, names: names.map((name) => unwrap(parseName(name))) };
};

const nameRule = 'use 1 to 260 characters, no control character and none of <>*%&:\\?/.';

const parseName = (raw: string): Result<Name, ArmError> =>
  /^[^\p{Cc}<>*%&:\\?/]{1,260}$/u.test(raw)
    ? ok(nameOf(raw))
    : err(armError('InvalidResourceName', { name: raw, rule: nameRule }));

const textOf = (parameters: ScopeParameters): string => {
  const { subscriptionId, resourceGroupName, resourceProviderNamespace, childType, childName } = parameters;
  const parts = [
    subscriptionId !== undefined && ['subscriptions', subscriptionId],
    resourceGroupName !== undefined && ['resourceGroups', resourceGroupName],
    resourceProviderNamespace !== undefined && ['providers', resourceProviderNamespace],
    resourceProviderNamespace !== undefined && [parameters.resourceType, parameters.resourceName],
    childType !== undefined && [childType, childName],
  ];
  return `/${parts
    .filter((part) => part !== false)
    .flat()
    .join('/')}`;
};
