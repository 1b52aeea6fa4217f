import { findBuiltInRole } from '@holdfast/authorization';
import type { Client } from '@holdfast/directory';
import type { Administration } from '../../administer.ts';

/** Prints every principal with its credentials' ends and its grants; of a secret there is only its beginning. */
export const listPrincipals = async ({ stores, tenant, print }: Administration): Promise<void> => {
  const grantsOf = async ({ objectId }: Client) => {
    const grants = await stores.roleAssignments.listOfPrincipal(tenant.id, objectId);
    return grants.map(({ roleId, scope }) => ({ role: findBuiltInRole(roleId)?.name ?? roleId, scope }));
  };
  const clients = await stores.directoryWriter.listServicePrincipals(tenant.id);
  print(await Promise.all(clients.map(async (client) => ({ ...described(client), grants: await grantsOf(client) }))));
};

const described = ({ appId, objectId, displayName, kind, secrets, certificates, federatedCredentials }: Client) => ({
  appId,
  objectId,
  displayName,
  kind,
  secrets: secrets.map(({ displayName: name, hint, endsAt }) => ({ name, hint, expires: endsAt.toISOString() })),
  certificates: certificates.map(({ sha256Thumbprint: thumbprint, endsAt }) => ({
    thumbprint,
    expires: endsAt.toISOString(),
  })),
  federated: federatedCredentials.map(({ name, issuer, subject, audiences }) => ({ name, issuer, subject, audiences })),
});
