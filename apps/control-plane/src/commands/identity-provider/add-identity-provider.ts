import { readFileSync } from 'node:fs';
import { type IdentityProvider, identityProviderLabel } from '@holdfast/directory';
import { newUuid, parseUuid, type Uuid } from '@holdfast/kernel';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';
import { sealerOf } from '../sealer-of.ts';
import { described } from './list-identity-providers.ts';

export interface AddOptions {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
  readonly scope: readonly string[];
  readonly createsUsers?: boolean;
  readonly groupClaim?: string;
  readonly group: readonly string[];
  readonly trustsMfa?: boolean;
}

/** Prints the new provider. Its secret is read from a file, because other users can read a command line. */
export const addIdentityProvider = async (tools: Administration, options: AddOptions): Promise<void> => {
  const { stores, tenant, clock, random, config, print } = tools;
  const id = newUuid(random);
  const sealer = await sealerOf(tools);
  const secret = new TextEncoder().encode(secretFrom(options.clientSecretFile));
  const provider: IdentityProvider = {
    id,
    tenantId: tenant.id,
    displayName: options.name,
    issuer: issuerFrom(options.issuer),
    clientId: options.clientId,
    sealedClientSecret: sealer.seal(secret, identityProviderLabel(tenant.id, id)),
    scopes: options.scope,
    createsUsers: options.createsUsers === true,
    groupClaim: options.groupClaim,
    groups: await groupsFrom(tools, options),
    trustsMfa: options.trustsMfa === true,
    createdAt: clock.now(),
  };
  await stores.identityProviders.insert(provider);
  print(described(provider, config.origin));
};

const secretFrom = (file: string): string => {
  const secret = readText(file).replace(/\r?\n$/, '');
  if (secret === '' || /[\r\n]/.test(secret))
    throw new ConfigError('--client-secret-file must hold the secret, on one line');
  return secret;
};

const readText = (file: string): string => {
  try {
    return readFileSync(file === '-' ? process.stdin.fd : file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`--client-secret-file ${file} cannot be read: ${(cause as Error).message}`);
  }
};

/** Kept to the letter: tokens must name it exactly so (OpenID Connect Core section 3.1.3.7). */
const issuerFrom = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isIssuer = url?.protocol === 'https:' && url.search === '' && url.hash === '' && url.username === '';
  if (isIssuer) return text;
  throw new ConfigError(`--issuer must be an https URL without a query, not '${text}'`);
};

const groupsFrom = async (
  { stores, tenant }: Administration,
  { group, groupClaim }: AddOptions,
): Promise<Readonly<Record<string, Uuid>>> => {
  if (group.length > 0 && groupClaim === undefined) throw new ConfigError('--group needs --group-claim');
  const groups: Record<string, Uuid> = {};
  for (const text of group) {
    // The value may hold the sign itself, as distinguished names do.
    const split = text.lastIndexOf('=');
    const [value, id] = [text.slice(0, split), parseUuid(text.slice(split + 1))];
    if (split < 1 || !id.ok) throw new ConfigError(`--group must be VALUE=GROUPID, not '${text}'`);
    if ((await stores.groups.find(tenant.id, id.value)) === undefined)
      throw new ConfigError(`--group: there is no group ${id.value} in ${tenant.defaultDomain}`);
    groups[value] = id.value;
  }
  return groups;
};
