import { hashPassword, verifyDecoy, verifyPassword } from '@holdfast/directory';
import type { Random } from '@holdfast/kernel';
import { oauthError } from '../oauth-error.ts';

/** Hashes a few passwords at a time: each takes a thread and 19 MiB for tens of milliseconds, and tokens need the threads too. */
export interface PasswordGate {
  /** Throws `temporarilyUnavailable` when too many wait. Without a hash it takes as long, and is false. */
  verify(hash: string | undefined, password: string): Promise<boolean>;
  hash(password: string): Promise<string>;
}

const mostAtOnce = 2;
const mostWaiting = 100;

export const createPasswordGate = (random: Random): PasswordGate => {
  let running = 0;
  const waiting: (() => void)[] = [];
  const pass = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw oauthError('temporarilyUnavailable', {});
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
  return {
    verify: (hash, password) =>
      pass(() => (hash === undefined ? verifyDecoy(password) : verifyPassword(hash, password))),
    hash: (password) => pass(() => hashPassword(password, random)),
  };
};
