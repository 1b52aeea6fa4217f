import type { VerifiedToken } from './verified-token.ts';

interface Entry {
  readonly token: VerifiedToken;
  readonly expiresAt: Date;
}

/** Remembers verified tokens by digest until they expire; the oldest gives way when `capacity` is reached. */
export const createVerifiedTokens = (capacity: number) => {
  const entries = new Map<string, Entry>();
  return {
    find: (digest: string, now: Date): VerifiedToken | undefined => {
      const entry = entries.get(digest);
      if (entry === undefined || entry.expiresAt > now) return entry?.token;
      entries.delete(digest);
      return undefined;
    },
    remember: (digest: string, token: VerifiedToken, expiresAt: Date): void => {
      const [oldest] = entries.size >= capacity ? entries.keys() : [];
      if (oldest !== undefined) entries.delete(oldest);
      entries.set(digest, { token, expiresAt });
    },
  };
};
