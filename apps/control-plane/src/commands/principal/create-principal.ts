import { readFileSync } from 'node:fs';
import {
  type ClientCertificate,
  type NewServicePrincipal,
  newClientSecret,
  noRedirectUris,
  readClientCertificate,
} from '@holdfast/directory';
import { addMs, days, newUuid, type Random } from '@holdfast/kernel';
import { runInTransaction } from '@holdfast/store-postgres';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';
import { federatedFrom } from './federated-from.ts';
import { type Grant, grantFrom } from './grant.ts';

export interface CreateOptions {
  readonly name: string;
  readonly role: string;
  readonly scope: string;
  readonly days: string;
  readonly certificate?: string;
  readonly federated?: string;
}

/** Prints the new principal in the words of `az ad sp create-for-rbac`. The secret is printed here and nowhere else. */
export const createPrincipal = async (tools: Administration, options: CreateOptions): Promise<void> => {
  const grant = await grantFrom(tools, options);
  const { principal, secret } = newPrincipal(tools, options);
  await store(tools, principal, grant);
  const { appId, objectId, displayName, secrets } = principal;
  tools.print({
    appId,
    objectId,
    displayName,
    tenant: tools.tenant.id,
    ...secrets.map(({ endsAt }) => ({ password: secret, expires: endsAt.toISOString() }))[0],
    role: grant.role.name,
    scope: grant.scope,
  });
};

const newPrincipal = ({ tenant, clock, random }: Administration, options: CreateOptions) => {
  const now = clock.now();
  const { name, certificate, federated } = options;
  if (certificate !== undefined && federated !== undefined)
    throw new ConfigError('--certificate and --federated exclude each other: give one');
  const endsAt = addMs(now, days(daysFrom(options.days)));
  const { secret, record } = newClientSecret({ now, random, displayName: name, endsAt });
  const principal: NewServicePrincipal = {
    tenantId: tenant.id,
    applicationObjectId: newUuid(random),
    appId: newUuid(random),
    objectId: newUuid(random),
    displayName: name,
    enabled: true,
    kind: 'Application',
    secrets: certificate === undefined && federated === undefined ? [record] : [],
    certificates: certificate === undefined ? [] : [certificateFrom(certificate, random)],
    federatedCredentials: federated === undefined ? [] : [federatedFrom(federated, random)],
    redirectUris: noRedirectUris,
    isFallbackPublicClient: false,
    roles: [],
    createdAt: now,
  };
  return { principal, secret };
};

const store = ({ database, random }: Administration, principal: NewServicePrincipal, { role, scope }: Grant) =>
  runInTransaction(database.db, async ({ directoryWriter, roleAssignments }) => {
    const { tenantId, objectId: principalId, createdAt } = principal;
    await directoryWriter.createServicePrincipal(principal);
    const assignment = { id: newUuid(random), tenantId, principalId, roleId: role.id, scope };
    await roleAssignments.insert({ ...assignment, createdAt, createdBy: 'holdfast principal' });
  });

const daysFrom = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 730) return count;
  throw new ConfigError(`--days must be a whole number from 1 to 730, not '${text}'`);
};

const certificateFrom = (file: string, random: Random): ClientCertificate => {
  const certificate = readClientCertificate(readText(file), random);
  if (certificate.ok) return certificate.value;
  throw new ConfigError(`--certificate ${file}: ${certificate.error}`);
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`--certificate ${file} cannot be read: ${(cause as Error).message}`);
  }
};
