import { addMs, type Clock, days } from '@holdfast/kernel';
import type { Stores } from '@holdfast/store-postgres';
import type { Logger } from 'pino';

export interface CleanUpNeeds {
  readonly stores: Pick<
    Stores,
    'authorizationCodes' | 'deviceCodes' | 'refreshTokens' | 'sessions' | 'guesses' | 'signingKeys' | 'signIns'
  >;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long the sign-in log is kept. */
  readonly signInRetention: number;
}

/** What has ended is kept a while, so that whoever comes with it hears that it has ended, and a second use is noticed. */
const grace = days(1);

/** Removes what has ended. */
export const cleanUp = async ({ stores, clock, log, signInRetention }: CleanUpNeeds): Promise<void> => {
  const now = clock.now();
  const ended = addMs(now, -grace);
  const removals: Readonly<Record<string, () => Promise<number>>> = {
    authorizationCodes: () => stores.authorizationCodes.deleteExpired(ended),
    deviceCodes: () => stores.deviceCodes.deleteExpired(ended),
    refreshFamilies: () => stores.refreshTokens.deleteExpired(ended),
    sessions: () => stores.sessions.deleteExpired(ended),
    guesses: () => stores.guesses.deleteBefore(ended),
    signingKeys: () => stores.signingKeys.deleteRetired(now),
    signIns: () => stores.signIns.deleteBefore(addMs(now, -signInRetention)),
  };
  for (const [what, remove] of Object.entries(removals)) {
    try {
      const removed = await remove();
      if (removed > 0) log.info({ what, removed }, 'removed what has ended');
    } catch (error) {
      log.error({ err: error, what }, 'what has ended could not be removed; it is tried again at the next turn');
    }
  }
};
