import type { Principal } from '@holdfast/contracts';

interface Entry {
  readonly principal: Principal;
  readonly expiresAt: Date;
}

/** Remembers verified tokens by digest until they expire; the oldest gives way when `capacity` is reached. */
export const createVerifiedTokens = (capacity: number) => {
  const entries = new Map<string, Entry>();
  return {
    find: (digest: string, now: Date): Principal | undefined => {
      const entry = entries.get(digest);
      if (entry === undefined || entry.expiresAt > now) return entry?.principal;
      entries.delete(digest);
      return undefined;
    },
    remember: (digest: string, principal: Principal, expiresAt: Date): void => {
      const [oldest] = entries.size >= capacity ? entries.keys() : [];
      if (oldest !== undefined) entries.delete(oldest);
      entries.set(digest, { principal, expiresAt });
    },
  };
};
