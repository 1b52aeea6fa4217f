export interface MachinePlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly resourceName: string;
}

/** The resource id of a machine that may not exist yet. */
export const machinePath = ({ subscriptionId, resourceGroup, resourceName }: MachinePlace): string =>
  `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.HybridCompute/machines/${resourceName}`;
