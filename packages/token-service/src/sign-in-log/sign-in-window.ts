import type { SignIn } from '@holdfast/directory';
import { type Clock, newUuid, type Random } from '@holdfast/kernel';
import { cleanSignIn } from './clean-sign-in.ts';
import { anybody, guessing, type Likeness, likenessOf } from './likeness.ts';
import type { NewSignIn } from './new-sign-in.ts';

/** Sign-ins that wait to be written, alike ones counted in one entry. */
export interface SignInWindow {
  add(signIn: NewSignIn): void;
  /** Empties it: the entries, oldest first, and how many sign-ins found no room. */
  take(): { readonly signIns: readonly SignIn[]; readonly dropped: number };
  /** Entries that could not be written, to be taken once more. The newest find no room first. */
  putBack(signIns: readonly SignIn[]): void;
}

export interface SignInWindowOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Most entries held. */
  readonly capacity: number;
}

type Entry = { -readonly [Key in keyof SignIn]: SignIn[Key] };

/** The entries under one key. */
interface Bucket {
  readonly entries: number;
  readonly last: Entry;
}

export const createSignInWindow = (options: SignInWindowOptions): SignInWindow => {
  const waiting = createWaiting(options);
  const buckets = new Map<string, Bucket>();
  const place = (signIn: NewSignIn, { key, own }: Likeness): Entry | undefined => {
    const bucket = buckets.get(key);
    if (bucket !== undefined && bucket.entries >= own) return countIn(bucket.last, options.clock);
    const last = waiting.append(signIn);
    if (last !== undefined) buckets.set(key, { entries: (bucket?.entries ?? 0) + 1, last });
    return last;
  };
  /** A failure unlike those before it. */
  const placeNew = (signIn: NewSignIn, likeness: Likeness): void => {
    const { key, own } = guessing(signIn);
    const entries = buckets.get(key)?.entries ?? 0;
    if (entries >= own) return void place(anybody(signIn), { key, own: own + 1 });
    const last = place(signIn, likeness);
    if (last !== undefined) buckets.set(key, { entries: entries + 1, last });
  };
  return {
    add: (raw) => {
      const signIn = cleanSignIn(raw);
      const likeness = likenessOf(signIn);
      if (likeness === undefined) waiting.append(signIn);
      else if (signIn.outcome.code === 0 || buckets.has(likeness.key)) place(signIn, likeness);
      else placeNew(signIn, likeness);
    },
    take: () => {
      buckets.clear();
      return waiting.take();
    },
    putBack: waiting.putBack,
  };
};

interface Waiting extends Pick<SignInWindow, 'take' | 'putBack'> {
  /** Undefined when there is no room. */
  append(signIn: NewSignIn): Entry | undefined;
}

const createWaiting = (options: SignInWindowOptions): Waiting => {
  const { capacity } = options;
  let entries: Entry[] = [];
  let dropped = 0;
  return {
    append: (signIn) => {
      const entry = newEntry(options, signIn);
      const hasRoom = entries.length < capacity;
      if (hasRoom) entries.push(entry);
      else dropped += 1;
      return hasRoom ? entry : undefined;
    },
    take: () => {
      const taken = { signIns: entries, dropped };
      [entries, dropped] = [[], 0];
      return taken;
    },
    putBack: (signIns) => {
      const all = [...signIns, ...entries];
      entries = all.slice(0, capacity);
      dropped += all.slice(capacity).reduce((sum, { count }) => sum + count, 0);
    },
  };
};

const newEntry = ({ clock, random }: SignInWindowOptions, signIn: NewSignIn): Entry => {
  const at = clock.now();
  return { ...signIn, id: newUuid(random), at, count: 1, lastAt: at };
};

const countIn = (entry: Entry, clock: Clock): Entry => {
  entry.count += 1;
  entry.lastAt = clock.now();
  return entry;
};
