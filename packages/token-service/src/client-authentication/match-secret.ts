import { timingSafeEqual } from 'node:crypto';
import { type ClientSecret, sha256Of } from '@holdfast/directory';

export type SecretMatch =
  | { readonly kind: 'live'; readonly secret: ClientSecret }
  | { readonly kind: 'expired' }
  | { readonly kind: 'none' };

const decoy: Uint8Array = new Uint8Array(32);

/**
 * Compares against every secret, wherever the match is and also when there is none to compare with: the time taken tells
 * nothing about any of them.
 */
export const matchSecret = (presented: string, secrets: readonly ClientSecret[], now: Date): SecretMatch => {
  const digest = sha256Of(presented);
  timingSafeEqual(digest, decoy);
  const matches = secrets.filter((secret) => isSame(digest, secret.sha256));
  const live = matches.find((secret) => secret.startsAt <= now && now < secret.endsAt);
  if (live !== undefined) return { kind: 'live', secret: live };
  return { kind: matches.some((secret) => secret.endsAt <= now) ? 'expired' : 'none' };
};

const isSame = (digest: Uint8Array, stored: Uint8Array): boolean =>
  stored.length === digest.length && timingSafeEqual(digest, stored);
