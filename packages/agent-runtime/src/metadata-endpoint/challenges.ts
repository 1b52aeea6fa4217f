import { createHash, timingSafeEqual } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addMs, base64url, type Clock, minutes, newUuid, type Random } from '@holdfast/kernel';

/**
 * Secrets in files that prove a caller may read the tokens folder. Each works once, within five minutes, and goes
 * with its use.
 */
export interface Challenges {
  /** Writes a new secret and answers its file's path. */
  issue(): Promise<string>;
  /** Whether `secret` is the exact content of a live file; it is not live any more afterwards. */
  redeem(secret: string): Promise<boolean>;
  /** Removes every file, those of an earlier process included. */
  clear(): Promise<void>;
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
  const drop = async (id: string): Promise<void> => {
    live.delete(id);
    await rm(pathOf(id), { force: true });
  };
  /** Map keeps the order of issue, which is the order of expiry. */
  const dropOld = async (): Promise<void> => {
    for (const [id, { expires }] of live) {
      if (live.size < mostLive && expires > clock.now()) return;
      await drop(id);
    }
  };

  return {
    issue: async () => {
      await dropOld();
      const id = newUuid(random);
      // The id in the content finds the hash to compare with, so that comparing needs no search by secret.
      const secret = `${id}.${base64url(random.bytes(32))}`;
      live.set(id, { hash: hashOf(secret), expires: addMs(clock.now(), lifetimeMs) });
      await writeSecret(pathOf(id), secret);
      return pathOf(id);
    },
    redeem: async (secret) => {
      const id = secret.slice(0, 36);
      const found = live.get(id);
      if (found === undefined || !timingSafeEqual(found.hash, hashOf(secret))) return false;
      await drop(id);
      return found.expires > clock.now();
    },
    clear: async () => {
      live.clear();
      for (const name of await readdir(folder)) if (fileName.test(name)) await rm(join(folder, name), { force: true });
    },
  };
};

/** Readable by himds' group, written once, without a line feed: clients send the content as it is. */
const writeSecret = async (path: string, secret: string): Promise<void> => {
  const file = await open(path, 'wx', 0o440);
  try {
    await file.chmod(0o440);
    await file.writeFile(secret);
  } finally {
    await file.close();
  }
};

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
