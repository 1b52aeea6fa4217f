import { isSince } from '@holdfast/arm';
import type { Handler, metadataOperations } from '@holdfast/contracts';
import type { Cloud } from '../cloud.ts';

/** The cloud's endpoints in the four shapes that clients of different ages read. */
export const getEndpoints =
  ({ cloud }: { cloud: Cloud }): Handler<typeof metadataOperations.Metadata_Endpoints> =>
  async ({ context }) => ({ status: 200, body: shapeFor(cloud, (first) => isSince(context.apiVersion, first)) });

const shapeFor = (cloud: Cloud, isFrom: (first: string) => boolean): unknown => {
  if (isFrom('2022-09-01')) return cloudObject(cloud);
  if (isFrom('2018-05-01')) return [cloudObject(cloud)];
  return flatObject(cloud);
};

/** Read by the oldest az, and by Terraform, which looks for its own host among the cloud endpoints. */
const flatObject = (cloud: Cloud) => ({
  galleryEndpoint: cloud.resourceManager,
  graphEndpoint: cloud.graph,
  graphAudience: cloud.graph,
  portalEndpoint: cloud.portal,
  authentication: authentication(cloud),
  cloudEndpoint: {
    public: {
      endpoint: cloud.resourceManager.replace(/^https?:\/\//, ''),
      locations: cloud.locations.map(({ name }) => name),
    },
  },
});

/** `AAD` and `common` are literal: other values make clients take this for a different kind of cloud. */
const authentication = (cloud: Cloud) => ({
  loginEndpoint: cloud.login,
  audiences: [cloud.resourceManager, 'https://management.azure.com/', 'https://management.core.windows.net/'],
  tenant: 'common',
  identityProvider: 'AAD',
});

const cloudObject = (cloud: Cloud) => ({
  name: cloud.name,
  portal: cloud.portal,
  gallery: cloud.resourceManager,
  resourceManager: cloud.resourceManager,
  authentication: authentication(cloud),
  graph: cloud.graph,
  graphAudience: cloud.graph,
  microsoftGraphResourceId: cloud.graph,
  suffixes: suffixes(cloud),
  ...Object.fromEntries(absentServices.map((service) => [service, cloud.resourceManager])),
});

/** Services of a public cloud that are not here. Clients insist on the keys, then never call them. */
const absentServices = [
  'batch',
  'media',
  'vmImageAliasDoc',
  'sqlManagement',
  'activeDirectoryDataLake',
  'ossrdbmsResourceId',
  'logAnalyticsResourceId',
  'appInsightsResourceId',
  'synapseAnalyticsResourceId',
  'attestationResourceId',
] as const;

const suffixes = (cloud: Cloud) => {
  const host = new URL(cloud.resourceManager).hostname;
  return {
    storage: `storage.${host}`,
    keyVaultDns: `vault.${host}`,
    acrLoginServer: `registry.${host}`,
    sqlServerHostname: `sql.${host}`,
    mhsmDns: `hsm.${host}`,
  };
};
