import { readFileSync } from 'node:fs';
import { type Scope, scopeOf } from '@holdfast/arm';
import { builtInRoles, findBuiltInRole, type Role } from '@holdfast/authorization';
import { newUuid, parseUuid, type Random } from '@holdfast/kernel';
import { runInTransaction } from '@holdfast/store-postgres';
import { type Client, type ClientCertificate, newClientSecret, readClientCertificate } from '@holdfast/token-service';
import { Command } from 'commander';
import { type Administration, administer } from '../administer.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';

export interface CommandSettings {
  readonly withSettings: (command: Command) => Command;
  readonly configOf: (command: Command) => Config;
}

/** `holdfast principal`: programs that may sign in, and what they may do. */
export const principalCommand = ({ withSettings, configOf }: CommandSettings): Command => {
  const command = new Command('principal').description('programs that may sign in, and their grants');
  withSettings(command.command('create').description('make one with a secret or a certificate'))
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--role <name or id>', 'a built-in role, such as "Azure Connected Machine Onboarding"')
    .requiredOption('--scope <resource id>', 'where the role holds: /, a subscription or a resource group')
    .option('--days <integer>', 'how long the secret lives', '365')
    .option('--certificate <file>', 'PEM certificate to sign in with, instead of a secret')
    .action((options: CreateOptions, self: Command) => administer(configOf(self), (tools) => create(tools, options)));
  withSettings(command.command('list').description('those there are')).action((_options, self: Command) =>
    administer(configOf(self), list),
  );
  withSettings(command.command('delete').description('remove one with its credentials and grants'))
    .requiredOption('--id <application id or object id>', 'which one')
    .action((options: { id: string }, self: Command) =>
      administer(configOf(self), (tools) => remove(tools, options.id)),
    );
  return command;
};

interface CreateOptions {
  readonly name: string;
  readonly role: string;
  readonly scope: string;
  readonly days: string;
  readonly certificate?: string;
}

/** Prints the new principal in the words of `az ad sp create-for-rbac`. The secret is printed here and nowhere else. */
const create = async (
  { database, tenant, clock, random, print }: Administration,
  options: CreateOptions,
): Promise<void> => {
  const now = clock.now();
  const role = roleFrom(options.role);
  const scope = scopeFrom(options.scope);
  const id = () => newUuid(random);
  const [appId, objectId] = [id(), id()];
  const secret = newClientSecret({ now, random, displayName: options.name, lifetimeDays: daysFrom(options.days) });
  const certificates = options.certificate === undefined ? [] : [certificateFrom(options.certificate, random)];
  const secrets = options.certificate === undefined ? [secret.record] : [];
  const credentials = { secrets, certificates, roles: [], enabled: true, kind: 'Application' as const };
  await runInTransaction(database.db, async ({ directoryWriter, roleAssignments }) => {
    const named = {
      tenantId: tenant.id,
      appId,
      objectId,
      displayName: options.name,
      applicationObjectId: id(),
      createdAt: now,
    };
    await directoryWriter.createServicePrincipal({ ...named, ...credentials });
    const grant = { id: id(), tenantId: tenant.id, roleId: role.id, principalId: objectId, scope };
    await roleAssignments.insert({ ...grant, createdAt: now, createdBy: 'holdfast principal' });
  });
  print({
    appId,
    objectId,
    displayName: options.name,
    tenant: tenant.id,
    ...(secrets.length > 0 && { password: secret.secret, expires: secret.record.endsAt.toISOString() }),
    role: role.name,
    scope,
  });
};

const list = async ({ stores, tenant, print }: Administration): Promise<void> => {
  const clients = await stores.directoryWriter.listServicePrincipals(tenant.id);
  print(await Promise.all(clients.map(async (client) => ({ ...described(client), grants: await grantsOf(client) }))));

  async function grantsOf({ objectId }: Client) {
    const grants = await stores.roleAssignments.listOfPrincipal(tenant.id, objectId);
    return grants.map(({ roleId, scope }) => ({ role: findBuiltInRole(roleId)?.name ?? roleId, scope }));
  }
};

const described = ({ appId, objectId, displayName, kind, secrets, certificates }: Client) => ({
  appId,
  objectId,
  displayName,
  kind,
  secrets: secrets.map(({ displayName: name, hint, endsAt }) => ({ name, hint, expires: endsAt.toISOString() })),
  certificates: certificates.map(({ sha256Thumbprint, endsAt }) => ({
    thumbprint: sha256Thumbprint,
    expires: endsAt.toISOString(),
  })),
});

const remove = async ({ database, stores, tenant, print }: Administration, id: string): Promise<void> => {
  const wanted = parseUuid(id);
  const clients = await stores.directoryWriter.listServicePrincipals(tenant.id);
  const found = clients.find(
    ({ appId, objectId }) => wanted.ok && (appId === wanted.value || objectId === wanted.value),
  );
  if (found === undefined)
    throw new ConfigError(`there is no principal with the id ${id}; see holdfast principal list`);
  if (found.kind === 'ManagedIdentity')
    throw new ConfigError(
      `${id} is the identity of the machine ${found.displayName}: disconnect or delete the machine`,
    );
  await runInTransaction(database.db, async ({ directoryWriter, roleAssignments }) => {
    await roleAssignments.deleteOfPrincipal(tenant.id, found.objectId);
    await directoryWriter.deleteServicePrincipal(tenant.id, found.objectId);
  });
  print({ deleted: found.objectId, displayName: found.displayName });
};

const roleFrom = (nameOrId: string): Role => {
  const role = findBuiltInRole(nameOrId);
  if (role !== undefined) return role;
  throw new ConfigError(
    `--role: there is no role '${nameOrId}'. The roles are: ${builtInRoles.map(({ name }) => name).join(', ')}`,
  );
};

const scopePattern =
  /^\/(subscriptions\/[0-9a-f-]{36}(\/resourcegroups\/[^/]+(\/providers\/[^/]+(\/[^/]+\/[^/]+)+)?)?)?$/;

const scopeFrom = (text: string): Scope => {
  const scope = scopeOf(text);
  if (scopePattern.test(scope)) return scope;
  throw new ConfigError(
    `--scope must be /, /subscriptions/ID, /subscriptions/ID/resourceGroups/NAME or a resource id, not '${text}'`,
  );
};

const daysFrom = (text: string): number => {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 730) return days;
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
