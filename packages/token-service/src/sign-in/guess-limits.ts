import { createHash } from 'node:crypto';
import { addMs, type Clock, minutes, type Uuid } from '@holdfast/kernel';
import { oauthError } from '../oauth-error.ts';
import type { GuessStore } from './guess-store.ts';
import { networkOf } from './network-of.ts';

/** Who guesses at what, from where. */
export interface Guess {
  readonly what: 'password' | 'otp' | 'userCode' | 'deviceCode';
  /** The account, by the name that was typed or by its id. */
  readonly account: string;
  readonly address: string;
  /** Set when this person signed in on this device before; counted apart from everybody else. */
  readonly knownDevice: string | undefined;
}

export interface GuessLimits {
  /** Throws `tooManyGuesses` before anything is compared. */
  check(guess: Guess): Promise<void>;
  add(guess: Guess): Promise<void>;
  clear(guess: Guess): Promise<void>;
}

const window = minutes(15);

interface Counter {
  readonly key: string;
  readonly most: number;
}

/**
 * Wrong guesses in a quarter of an hour. An account is never locked as a whole, so nobody can lock somebody else out: what
 * is locked is the pair of account and network, and a network that tries ever other accounts. Devices on which the person
 * signed in before are counted by themselves, whatever others behind the same address do.
 */
const countersOf = ({ what, account, address, knownDevice }: Guess): readonly Counter[] => {
  if (knownDevice !== undefined) return [{ key: keyOf(what, 'device', account, knownDevice), most: 20 }];
  const network = networkOf(address);
  // No guess: anybody may ask for a code, and each is kept for a while. Far more than the people behind an address need.
  if (what === 'deviceCode') return [{ key: keyOf(what, 'network', network), most: 20_000 }];
  const both = { key: keyOf(what, 'account at network', account, network), most: 10 };
  if (what === 'password') return [both, { key: keyOf(what, 'network', network), most: 200 }];
  // Whoever guesses these is past the password: there the account itself has a limit.
  return [both, { key: keyOf(what, 'account', account), most: 50 }];
};

const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const createGuessLimits = (store: GuessStore, clock: Clock): GuessLimits => {
  const since = () => addMs(clock.now(), -window);
  const keys = (guess: Guess) => countersOf(guess).map(({ key }) => key);
  return {
    check: async (guess) => {
      const counters = countersOf(guess);
      const counts = await store.count(keys(guess), since());
      if (!counters.some(({ most }, at) => (counts[at] ?? 0) >= most)) return;
      throw guess.what === 'deviceCode'
        ? oauthError('tooManyRequests', {})
        : oauthError('tooManyGuesses', { minutes: window / minutes(1) });
    },
    add: (guess) => store.add(keys(guess), { now: clock.now(), since: since() }),
    clear: (guess) => store.clear(keys(guess).slice(0, 1)),
  };
};

/** The account of a typed name, alike for names that exist and names that do not. */
export const accountKey = (tenantId: Uuid | undefined, name: string): string =>
  `${tenantId ?? ''} ${name.toLowerCase()}`;
