import { createHash, timingSafeEqual } from 'node:crypto';
import { closeSync, fchmodSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMs, base64url, type Clock, minutes, newUuid, type Random } from '@holdfast/kernel';

/**
 * Secrets in files that prove a caller may read the tokens folder. Each works once, within five minutes, and goes
 * with its use.
 */
export interface Challenges {
  /** Writes a new secret and answers its file's path. */
  issue(): string;
  /** Whether `secret` is the exact content of a live file; it is not live any more afterwards. */
  redeem(secret: string): boolean;
  /** Removes every file, those of an earlier process included. */
  clear(): void;
}

export interface ChallengeOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly random: Random;
}

interface Live {
  readonly hash: Buffer;
  readonly expires: Date;
}

const lifetimeMs = minutes(5);
/** Anybody on the machine may ask for challenges; the oldest give way. */
const mostLive = 1000;
const fileName = /^[0-9a-f-]{36}\.key$/;

export const createChallenges = ({ folder, clock, random }: ChallengeOptions): Challenges => {
  const live = new Map<string, Live>();
  const pathOf = (id: string): string => join(folder, `${id}.key`);
  const drop = (id: string): void => {
    live.delete(id);
    rmSync(pathOf(id), { force: true });
  };
  /** Map keeps the order of issue, which is the order of expiry. */
  const dropOld = (): void => {
    for (const [id, { expires }] of live) {
      if (live.size < mostLive && expires > clock.now()) return;
      drop(id);
    }
  };

  return {
    issue: () => {
      dropOld();
      const id = newUuid(random);
      // The id in the content finds the hash to compare with, so that comparing needs no search by secret.
      const secret = `${id}.${base64url(random.bytes(32))}`;
      live.set(id, { hash: hashOf(secret), expires: addMs(clock.now(), lifetimeMs) });
      writeSecret(pathOf(id), secret);
      return pathOf(id);
    },
    redeem: (secret) => {
      const id = secret.slice(0, 36);
      const found = live.get(id);
      if (found === undefined || !timingSafeEqual(found.hash, hashOf(secret))) return false;
      drop(id);
      return found.expires > clock.now();
    },
    clear: () => {
      live.clear();
      for (const name of readdirSync(folder)) if (fileName.test(name)) rmSync(join(folder, name), { force: true });
    },
  };
};

/** Readable by himds' group, written once, without a line feed: clients send the content as it is. */
const writeSecret = (path: string, secret: string): void => {
  const file = openSync(path, 'wx', 0o440);
  try {
    fchmodSync(file, 0o440);
    writeFileSync(file, secret);
  } finally {
    closeSync(file);
  }
};

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
