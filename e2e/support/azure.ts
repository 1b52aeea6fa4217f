import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { HybridComputeManagementClient } from '@azure/arm-hybridcompute';
import { ResourceManagementClient } from '@azure/arm-resources';
import { ClientCertificateCredential, ClientSecretCredential, type TokenCredential } from '@azure/identity';
import type { Bootstrap } from './bootstrap.ts';
import type { Principal } from './site.ts';

/** All that @azure/identity must be told of a private cloud. */
const authority = ({ endpoint }: Bootstrap) => ({ authorityHost: endpoint, disableInstanceDiscovery: true });

export const automationCredential = (bootstrap: Bootstrap): TokenCredential => {
  const { clientId, clientSecret } = bootstrap.automation;
  return new ClientSecretCredential(bootstrap.tenantId, clientId, clientSecret, authority(bootstrap));
};

export const secretCredential = (bootstrap: Bootstrap, { appId, password }: Principal): TokenCredential =>
  new ClientSecretCredential(bootstrap.tenantId, appId, password, authority(bootstrap));

/** `certificatePath` is a PEM file with the certificate and its key. */
export const certificateCredential = (
  bootstrap: Bootstrap,
  { appId }: Principal,
  certificatePath: string,
): TokenCredential =>
  new ClientCertificateCredential(bootstrap.tenantId, appId, { certificatePath }, authority(bootstrap));

/** The management libraries as their users set them up for a private cloud. */
export const azureClients = (bootstrap: Bootstrap, credential: TokenCredential) => {
  const { endpoint, subscriptionId } = bootstrap;
  const options = { endpoint, credentialScopes: [`${endpoint}/.default`] };
  return {
    resources: new ResourceManagementClient(credential, subscriptionId, options),
    authorization: new AuthorizationManagementClient(credential, subscriptionId, options),
    hybridCompute: new HybridComputeManagementClient(credential, subscriptionId, options),
  };
};
