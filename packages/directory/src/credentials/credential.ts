import type { Uuid } from '@holdfast/kernel';

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
  /** To the second or so; undefined until the first use. */
  readonly lastUsedAt: Date | undefined;
}

/** A certificate whose key signs client assertions. Only the key and the dates count; no chain is built. */
export interface ClientCertificate {
  readonly id: Uuid;
  readonly displayName: string;
  readonly certificateDer: Uint8Array;
  /** SHA-256 and SHA-1 of the DER, unpadded base64url: what clients name the certificate by. */
  readonly sha256Thumbprint: string;
  readonly sha1Thumbprint: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lastUsedAt: Date | undefined;
}

/** Trust in the tokens of another issuer (GitHub, Kubernetes, another Holdfast) about one subject, instead of a secret. */
export interface FederatedCredential {
  readonly id: Uuid;
  /** Unique in the application, for addresses. */
  readonly name: string;
  readonly description: string | undefined;
  /** `iss` and `sub` of the foreign token, compared to the letter. */
  readonly issuer: string;
  readonly subject: string;
  /** One of them must stand in its `aud`. */
  readonly audiences: readonly string[];
  readonly lastUsedAt: Date | undefined;
}
