import type { Uuid } from '@holdfast/kernel';
import type { PersonGrant } from '../codes/authorization-code-store.ts';

/** A device that waits for its person (RFC 8628). Kept are the SHA-256 of both codes. */
export interface DeviceCode {
  readonly deviceCodeSha256: Uint8Array;
  readonly userCodeSha256: Uint8Array;
  readonly clientId: Uuid;
  /** The tenant it was asked at; undefined for `common` and `organizations`. */
  readonly tenantId: Uuid | undefined;
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Where the device asked from, shown to the person who approves it. */
  readonly address: string;
  readonly userAgent: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export type DeviceDecision =
  | { readonly kind: 'approved'; readonly grant: PersonGrant }
  | { readonly kind: 'declined'; readonly tenantId: Uuid; readonly userId: Uuid };

export type DevicePoll =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'pending'; readonly code: DeviceCode; readonly tooSoon: boolean }
  | { readonly kind: 'approved'; readonly code: DeviceCode; readonly grant: PersonGrant }
  | { readonly kind: 'declined'; readonly code: DeviceCode }
  /** Its token was taken before. */
  | { readonly kind: 'redeemed'; readonly code: DeviceCode };

export interface DeviceCodeStore {
  /** False when the user code is in use. */
  insert(code: DeviceCode): Promise<boolean>;
  /** One that has not ended and waits for a decision. */
  findWaiting(userCodeSha256: Uint8Array, now: Date): Promise<DeviceCode | undefined>;
  /** False when it was decided before, or has ended. */
  decide(userCodeSha256: Uint8Array, decision: DeviceDecision, now: Date): Promise<boolean>;
  /**
   * What the device hears. An approved one is redeemed by this call, atomically. `tooSoon` when the poll before was less
   * than the interval ago (seconds), which then grows by five (RFC 8628 section 3.5). Ended codes are found as well.
   */
  poll(deviceCodeSha256: Uint8Array, now: Date): Promise<DevicePoll>;
  deleteExpired(now: Date): Promise<number>;
}
