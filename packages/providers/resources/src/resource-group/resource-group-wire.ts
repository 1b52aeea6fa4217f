import { formatGroupId, type GroupId, parseGroupName, parseSubscriptionId } from '@holdfast/arm';
import { unwrap } from '@holdfast/kernel';
import type { ResourceGroup } from './resource-group.ts';

export const groupIdOf = (parameters: { subscriptionId: string; resourceGroupName: string }): GroupId => ({
  subscriptionId: unwrap(parseSubscriptionId(parameters.subscriptionId)),
  group: unwrap(parseGroupName(parameters.resourceGroupName)),
});

export const resourceGroupToWire = (group: ResourceGroup) => ({
  id: formatGroupId(group.id),
  name: group.id.group.text,
  type: 'Microsoft.Resources/resourceGroups',
  location: group.location,
  tags: group.tags,
  ...(group.managedBy !== undefined && { managedBy: group.managedBy }),
  properties: { provisioningState: 'Succeeded' },
});
