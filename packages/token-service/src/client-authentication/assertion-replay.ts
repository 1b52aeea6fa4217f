import { createHash } from 'node:crypto';
import { type Clock, minutes } from '@holdfast/kernel';

export interface AssertionUse {
  /** Whose assertion it is: ids are counted by client, so that none can push out another's. */
  readonly client: string;
  /** Its `jti`; its digest stands in for one that is missing. */
  readonly id: string | undefined;
  readonly text: string;
  /** Network address of the sender. */
  readonly sender: string;
  readonly expiresAt: Date;
}

/**
 * Remembers assertions until they expire. MSAL for Node and for Python keep an assertion for its ten minutes and send it
 * again for each further resource, so the same assertion from the same sender passes; an id with another content, or
 * from another sender, is a replay. The memory is this process's own.
 */
export interface AssertionReplayGuard {
  /** False for a replay. */
  claim(use: AssertionUse): boolean;
}

const mostPerClient = 16_384;
const sweepEveryMs = minutes(1);

interface Seen {
  readonly fingerprint: string;
  readonly expiresAt: Date;
}

export const createAssertionReplayGuard = (clock: Clock): AssertionReplayGuard => {
  const clients = new Map<string, Map<string, Seen>>();
  let sweptAt = clock.now();
  const sweep = (now: Date) => {
    if (now.getTime() - sweptAt.getTime() < sweepEveryMs) return;
    sweptAt = now;
    for (const [client, seen] of clients) {
      for (const [id, { expiresAt }] of seen) if (expiresAt <= now) seen.delete(id);
      if (seen.size === 0) clients.delete(client);
    }
  };
  return {
    claim: (use) => {
      sweep(clock.now());
      const seen = clients.get(use.client) ?? new Map<string, Seen>();
      clients.set(use.client, seen);
      const fingerprint = digest(`${use.sender} ${signedPart(use.text)}`);
      const id = digest(use.id ?? signedPart(use.text));
      const known = seen.get(id);
      if (known !== undefined) return known.fingerprint === fingerprint;
      seen.set(id, { fingerprint, expiresAt: use.expiresAt });
      if (seen.size > mostPerClient) seen.delete(seen.keys().next().value ?? id);
      return true;
    },
  };
};

/** Without the signature: one content may carry many (PS256 is randomised). */
const signedPart = (text: string): string => text.slice(0, text.lastIndexOf('.'));

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
