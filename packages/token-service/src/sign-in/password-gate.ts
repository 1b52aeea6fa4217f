import { hashPassword, verifyDecoy, verifyPassword } from '@holdfast/directory';
import type { Random } from '@holdfast/kernel';
import { oauthError } from '../oauth-error.ts';

/**
 * Who waits: `known` for people who signed in on this device before or have proven the password already, `stranger` for
 * everybody else, guessers among them.
 */
export type Line = 'known' | 'stranger';

/** Hashes a few passwords at a time: each takes a thread and 19 MiB for tens of milliseconds, and tokens need the threads too. */
export interface PasswordGate {
  /** Throws `temporarilyUnavailable` when too many wait in the line. Without a hash it takes as long, and is false. */
  verify(hash: string | undefined, password: string, line: Line): Promise<boolean>;
  /** For somebody who has proven the password that it replaces. */
  hash(password: string): Promise<string>;
}

const mostAtOnce = 2;
/** In each line. */
const mostWaiting = 100;

/**
 * The lines take turns, so that no crowd in one keeps the other waiting: guessers from ever so many networks cannot shut
 * people out of the devices they use, and those cannot shut out somebody with a new one.
 */
export const createPasswordGate = (random: Random): PasswordGate => {
  let running = 0;
  let turn: Line = 'known';
  const lines: Readonly<Record<Line, (() => void)[]>> = { known: [], stranger: [] };
  const next = (): (() => void) | undefined => {
    const other = turn === 'known' ? 'stranger' : 'known';
    const chosen = lines[turn].length > 0 ? turn : other;
    turn = chosen === 'known' ? 'stranger' : 'known';
    return lines[chosen].shift();
  };
  const enter = async (line: Line): Promise<void> => {
    if (running < mostAtOnce) {
      running += 1;
      return;
    }
    if (lines[line].length >= mostWaiting) throw oauthError('temporarilyUnavailable', {});
    await new Promise<void>((resolve) => lines[line].push(resolve));
  };
  /** Hands the place on, so that nobody slips in between. */
  const leave = (): void => {
    const waiting = next();
    if (waiting === undefined) running -= 1;
    else waiting();
  };
  const pass = async <T>(line: Line, work: () => Promise<T>): Promise<T> => {
    await enter(line);
    try {
      return await work();
    } finally {
      leave();
    }
  };
  return {
    verify: (hash, password, line) =>
      pass(line, () => (hash === undefined ? verifyDecoy(password) : verifyPassword(hash, password))),
    hash: (password) => pass('known', () => hashPassword(password, random)),
  };
};
