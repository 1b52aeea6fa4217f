import type { Uuid } from '@holdfast/kernel';
import type { PersonGrant } from '../codes/authorization-code-store.ts';

/** All refresh tokens that descend from one sign-in of one program; they end together. */
export interface RefreshFamily {
  readonly id: Uuid;
  readonly grant: PersonGrant;
  /** Whether its tokens belong to scripts in a browser, which live shorter. */
  readonly redirectKind: 'web' | 'spa' | 'publicClient';
  readonly createdAt: Date;
  /** The last moment of any of its tokens. */
  readonly expiresAt: Date;
}

/** One token of a family. Kept is its SHA-256. */
export interface RefreshToken {
  readonly tokenSha256: Uint8Array;
  readonly familyId: Uuid;
  readonly expiresAt: Date;
}

export interface FoundRefreshToken {
  readonly family: RefreshFamily;
  readonly token: RefreshToken;
  /** When it was first used, before this call; undefined for the first use. */
  readonly usedAt: Date | undefined;
  readonly revokedAt: Date | undefined;
}

export interface RefreshTokenStore {
  insertFamily(family: RefreshFamily): Promise<void>;
  insert(token: RefreshToken): Promise<void>;
  /** The token as it is; `usedAt` is set once it was claimed. */
  find(tokenSha256: Uint8Array): Promise<FoundRefreshToken | undefined>;
  /** The token as it was, marked as used at `now` unless it was used before. Atomic across replicas. */
  claim(tokenSha256: Uint8Array, now: Date): Promise<FoundRefreshToken | undefined>;
  /** Ends every token of the family, also one that is inserted later. */
  revokeFamily(familyId: Uuid, at: Date): Promise<void>;
  revokeOfUser(user: { tenantId: Uuid; userId: Uuid }, at: Date): Promise<void>;
  deleteExpired(now: Date): Promise<number>;
}
