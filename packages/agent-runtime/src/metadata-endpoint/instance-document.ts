import type { AgentStatus } from '../local-api/messages.ts';

/** Instance metadata calls clouds by other names than the command line does. */
const environments: Readonly<Record<string, string>> = {
  azurecloud: 'AzurePublicCloud',
  azureusgovernment: 'AzureUSGovernmentCloud',
  azurechinacloud: 'AzureChinaCloud',
};

/**
 * The `compute` part of instance metadata: what is known of a connected server, and empty what only a virtual
 * machine of the cloud has. Null while nothing is known.
 */
export const computeDocument = ({ target, resourceId, vmId, facts }: AgentStatus) => {
  if (target === null || resourceId === null) return null;
  const tags = Object.entries(target.tags);
  return {
    azEnvironment: environments[target.cloud.toLowerCase()] ?? target.cloud,
    customData: '',
    isHostCompatibilityLayerVm: '',
    location: target.location,
    name: target.resourceName,
    offer: '',
    osType: facts?.os.type ?? '',
    placementGroupId: '',
    plan: { name: '', product: '', publisher: '' },
    platformFaultDomain: '',
    platformUpdateDomain: '',
    provider: '',
    publicKeys: null,
    publisher: '',
    resourceGroupName: target.resourceGroup,
    resourceId,
    securityProfile: { secureBootEnabled: '', virtualTpmEnabled: '' },
    sku: facts?.os.sku ?? '',
    storageProfile: {},
    subscriptionId: target.subscriptionId,
    tags: tags.map(([name, value]) => `${name}:${value}`).join(';'),
    tagsList: tags.map(([name, value]) => ({ name, value })),
    version: facts?.os.version ?? '',
    vmId: vmId ?? '',
    vmScaleSetName: '',
    vmSize: '',
    zone: '',
  };
};
