import { ArmError } from '@holdfast/arm';
import type { CredentialUse, SignIn, SignInStore } from '@holdfast/directory';
import { type AbortSignalLike, type Clock, type Random, seconds } from '@holdfast/kernel';
import type { NewSignIn, SignInMetrics } from './new-sign-in.ts';
import { createSignInWindow } from './sign-in-window.ts';

/**
 * Writes the sign-in log and when credentials were last used, behind the back of those who wait for tokens. What a
 * process has recorded in its last second is lost when it is killed.
 */
export interface SignInRecorder {
  /** Takes microseconds and never fails. */
  record(signIn: NewSignIn): void;
  /** Writes what was recorded so far. Never rejects: what goes wrong is logged, and tried again by the next flush. */
  flush(): Promise<void>;
  /** Flushes every second until the signal aborts, and then once more. */
  run(signal: AbortSignalLike): Promise<void>;
}

export interface SignInRecorderOptions {
  readonly store: SignInStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: SignInMetrics;
  readonly log: RecorderLog;
}

/** The part of a logger that this needs. */
export interface RecorderLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const windowMs = seconds(1);
/** About ten megabytes, while the store is away. */
const capacity = 10_000;

export const createSignInRecorder = (options: SignInRecorderOptions): SignInRecorder => {
  const { clock, random, metrics, log } = options;
  const window = createSignInWindow({ clock, random, capacity });
  const uses = new Map<string, CredentialUse>();
  const writeAll = async (): Promise<void> => {
    const { signIns, dropped } = window.take();
    if (dropped > 0) log.warn({ dropped }, 'sign-ins are missing in the log: there was no room to keep them');
    for (const signIn of signIns) noteUse(uses, signIn);
    window.putBack(await writeSignIns(signIns, options));
    await writeUses(uses, options);
  };
  let flushed = Promise.resolve();
  const flush = () => {
    flushed = flushed.then(writeAll);
    return flushed;
  };
  return {
    record: (signIn) => {
      metrics.count(signIn);
      window.add(signIn);
    },
    flush,
    run: async (signal) => {
      while (!signal.aborted) {
        await clock.sleep(windowMs, signal);
        await flush();
      }
      await flush();
    },
  };
};

/** Most entries in one statement. */
const batch = 500;

/** Resolves to what could not be written now. */
const writeSignIns = async (signIns: readonly SignIn[], options: SignInRecorderOptions): Promise<readonly SignIn[]> => {
  const later: SignIn[] = [];
  for (let start = 0; start < signIns.length; start += batch)
    later.push(...(await writeBatch(signIns.slice(start, start + batch), options)));
  if (later.length > 0) options.log.warn({ waiting: later.length }, 'the sign-in log cannot be written now');
  return later;
};

/** What the store refuses for itself, such as an entry of a tenant that is no more, must not keep the others out. */
const writeBatch = async (signIns: readonly SignIn[], options: SignInRecorderOptions): Promise<readonly SignIn[]> => {
  try {
    await options.store.insertAll(signIns);
    return [];
  } catch (error) {
    if (isAway(error)) return signIns;
    if (signIns.length === 1) {
      options.log.error({ err: error }, 'a sign-in cannot be written to the log');
      return [];
    }
    const half = Math.ceil(signIns.length / 2);
    const [first, second] = [signIns.slice(0, half), signIns.slice(half)];
    return [...(await writeBatch(first, options)), ...(await writeBatch(second, options))];
  }
};

const isAway = (error: unknown): boolean => error instanceof ArmError && error.status === 503;

/** Every proof counts as a use, also one that a policy then refused. */
const noteUse = (uses: Map<string, CredentialUse>, { tenantId, credential: { id }, lastAt, outcome }: SignIn): void => {
  if (id === undefined || outcome.code !== 0) return;
  const key = `${tenantId} ${id}`;
  const known = uses.get(key);
  if (known === undefined || known.at < lastAt) uses.set(key, { tenantId, credentialId: id, at: lastAt });
};

const writeUses = async (uses: Map<string, CredentialUse>, { store, log }: SignInRecorderOptions): Promise<void> => {
  if (uses.size === 0) return;
  const taken = [...uses.values()];
  uses.clear();
  try {
    await store.recordUses(taken);
  } catch (error) {
    log.warn({ err: error, uses: taken.length }, 'the last uses of credentials could not be kept');
  }
};
