import { type IdentityProvider, identityProviderLabel } from '@holdfast/directory';
import { type Clock, createTimedCache, minutes } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import {
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ServerMetadata,
} from 'openid-client';
import { oauthError } from '../oauth-error.ts';
import type { Fetch } from './bounded-fetch.ts';

/** openid-client's view of a provider, with our credentials there. */
export interface ProviderConnection {
  /** Throws `providerUnreachable`. */
  configurationOf(provider: IdentityProvider): Promise<Configuration>;
}

export interface ProviderConnectionOptions {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

const metadataAgeMs = minutes(10);
/** Providers' clocks differ from ours by up to this. */
const clockToleranceSeconds = 300;

export const createProviderConnection = ({ sealer, clock, fetch }: ProviderConnectionOptions): ProviderConnection => {
  const metadata = createTimedCache({ clock, capacity: 1_000, load: (issuer) => discover(issuer, fetch) });
  return {
    configurationOf: async (provider) => {
      const { issuer, clientId, displayName } = provider;
      const found = await metadata.get(issuer, metadataAgeMs).catch((cause: unknown) => {
        throw oauthError('providerUnreachable', { provider: displayName }, { cause });
      });
      if (found === undefined) throw oauthError('providerUnreachable', { provider: displayName });
      const label = identityProviderLabel(provider.tenantId, provider.id);
      const secret = Buffer.from(sealer.open(provider.sealedClientSecret, label)).toString('utf8');
      return configure(found, { clientId, secret, fetch });
    },
  };
};

const discover = async (issuer: string, fetch: Fetch): Promise<ServerMetadata> => {
  const found = await discovery(new URL(issuer), 'unused', undefined, undefined, { [customFetch]: fetch });
  const metadata = found.serverMetadata();
  // openid-client lets Entra ID's addresses for all tenants pass, which name another issuer: anybody could sign in.
  if (new URL(metadata.issuer).href !== new URL(issuer).href)
    throw new Error(`${issuer} says it is ${metadata.issuer}`);
  return metadata;
};

interface Access {
  readonly clientId: string;
  readonly secret: string;
  readonly fetch: Fetch;
}

const configure = (metadata: ServerMetadata, { clientId, secret, fetch }: Access): Configuration => {
  const tolerance = { [clockTolerance]: clockToleranceSeconds };
  const configuration = new Configuration(metadata, clientId, tolerance, clientAuthentication(metadata, secret));
  configuration[customFetch] = fetch;
  // The ID token comes over TLS from the provider itself, but its signature is looked at nevertheless.
  enableNonRepudiationChecks(configuration);
  return configuration;
};

/** `client_secret_basic` where the metadata is silent (OpenID Connect Discovery section 3). */
const clientAuthentication = (metadata: ServerMetadata, secret: string): ClientAuth => {
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  return methods.includes('client_secret_basic') ? ClientSecretBasic(secret) : ClientSecretPost(secret);
};
