import type { Uuid } from '@holdfast/kernel';
import type { Authentication } from '../sign-in/session-store.ts';

/** What a person allowed a program, as every grant of a person's token carries it. */
export interface PersonGrant {
  readonly tenantId: Uuid;
  readonly userId: Uuid;
  readonly clientId: Uuid;
  /** The audience as it was asked for. */
  readonly resource: string;
  /** Permissions at the resource, and what rides along: `openid`, `profile`, `email`, `offline_access`. */
  readonly scopes: readonly string[];
  readonly sid: Uuid;
  readonly authentication: Authentication;
}

/** A code on its way through the browser (RFC 6749 section 4.1.2). Kept is its SHA-256. */
export interface AuthorizationCode {
  readonly codeSha256: Uint8Array;
  readonly grant: PersonGrant;
  readonly redirectUri: string;
  readonly redirectKind: 'web' | 'spa' | 'publicClient';
  /** `S256` only (RFC 7636 section 4.2); a program with a credential may leave it out. */
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  /** The family of refresh tokens that its redemption begins, and that its second presentation ends. */
  readonly familyId: Uuid;
  readonly expiresAt: Date;
}

export interface AuthorizationCodeStore {
  insert(code: AuthorizationCode): Promise<void>;
  /** The code, and whether this call is the one that took it. Atomic across replicas. */
  claim(codeSha256: Uint8Array, now: Date): Promise<{ code: AuthorizationCode; first: boolean } | undefined>;
  /** Those that ended before. */
  deleteExpired(now: Date): Promise<number>;
}
