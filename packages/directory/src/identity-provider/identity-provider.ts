import type { Uuid } from '@holdfast/kernel';

/** An OpenID provider that signs a tenant's people in. */
export interface IdentityProvider {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** What its button says. */
  readonly displayName: string;
  /** Its issuer (OpenID Connect Discovery 1.0). */
  readonly issuer: string;
  readonly clientId: string;
  /** Sealed under `identityProviderLabel`. */
  readonly sealedClientSecret: Uint8Array;
  /** Beyond `openid profile email`. */
  readonly scopes: readonly string[];
  /** Whether somebody unknown becomes a user at the first sign-in. */
  readonly createsUsers: boolean;
  /** The claim with the person's groups, and which of ours each value stands for. */
  readonly groupClaim: string | undefined;
  readonly groups: Readonly<Record<string, Uuid>>;
  /** Whether a second factor there counts here: `amr` with `mfa`. */
  readonly trustsMfa: boolean;
  readonly createdAt: Date;
}

/** What a provider's client secret is sealed under. */
export const identityProviderLabel = (tenantId: Uuid, id: Uuid): string => `identity-provider:${tenantId}:${id}`;

export interface IdentityProviderStore {
  list(tenantId: Uuid): Promise<readonly IdentityProvider[]>;
  find(tenantId: Uuid, id: Uuid): Promise<IdentityProvider | undefined>;
  insert(provider: IdentityProvider): Promise<void>;
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
