import type { Bootstrap } from './bootstrap.ts';

/** The resource ids that tests work with. The group is the first one unless another is named. */
export const subscriptionScope = ({ subscriptionId }: Bootstrap): string => `/subscriptions/${subscriptionId}`;

export const groupScope = (bootstrap: Bootstrap, group = bootstrap.resourceGroup): string =>
  `${subscriptionScope(bootstrap)}/resourceGroups/${group}`;

/** The machines of a subscription or a group, or one of them. */
export const machinesIn = (scope: string, name?: string): string =>
  `${scope}/providers/Microsoft.HybridCompute/machines${name === undefined ? '' : `/${name}`}`;
