import type { Uuid } from '@holdfast/kernel';

/** A program that asks for tokens: an application together with its service principal in one tenant. */
export interface Client {
  readonly tenantId: Uuid;
  /** The application's id: `client_id` on the wire, `appid` or `azp` in tokens. */
  readonly appId: Uuid;
  /** The service principal's id: `oid` and `sub` in tokens, the principal of role assignments. */
  readonly objectId: Uuid;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly kind: 'Application' | 'ManagedIdentity';
  readonly secrets: readonly ClientSecret[];
  readonly certificates: readonly ClientCertificate[];
  /** Application permissions on the directory's API, carried as `roles` in tokens for that audience only. */
  readonly roles: readonly string[];
}

/** What is kept of a generated 256-bit secret. The secret itself is shown once and kept nowhere. */
export interface ClientSecret {
  readonly id: Uuid;
  readonly displayName: string;
  /** SHA-256 of the secret's UTF-8 bytes: enough, because the secret is random, not chosen. */
  readonly sha256: Uint8Array;
  /** The secret's first three characters, so that people can tell theirs apart. */
  readonly hint: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** A certificate whose key signs client assertions. Only the key and the dates count; no chain is built. */
export interface ClientCertificate {
  readonly id: Uuid;
  readonly certificateDer: Uint8Array;
  /** SHA-256 and SHA-1 of the DER, unpadded base64url: what clients name the certificate by. */
  readonly sha256Thumbprint: string;
  readonly sha1Thumbprint: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}
