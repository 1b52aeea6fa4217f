import { minutes, msBetween } from '@holdfast/kernel';

export interface TokenLifetime {
  readonly notBefore: Date;
  readonly expiresOn: Date;
}

const enoughMs = minutes(10);

/** Whether a kept token is as good as a new one: 10 minutes or half of its lifetime are left. `now` is the issuer's. */
export const isFresh = (token: TokenLifetime, now: Date): boolean =>
  msBetween(now, token.expiresOn) >= Math.min(enoughMs, msBetween(token.notBefore, token.expiresOn) / 2);

/** Whether a kept token is better than none. */
export const isUsable = (token: TokenLifetime, now: Date): boolean => msBetween(now, token.expiresOn) > 0;

/** Clients ask for one resource with and without a trailing slash. */
export const resourceKey = (resource: string): string => (resource.endsWith('/') ? resource.slice(0, -1) : resource);
