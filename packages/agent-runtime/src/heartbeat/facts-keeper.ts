import { createHash } from 'node:crypto';
import { sortedKeys } from '@holdfast/agent-core';
import type { MachineFacts } from '@holdfast/contracts';
import { type Clock, msBetween } from '@holdfast/kernel';
import type { Log } from '../log/log.ts';

export interface KnownFacts {
  /** Undefined until a collection has succeeded. */
  readonly facts: MachineFacts | undefined;
  /** SHA-256 of the facts' JSON as it is sent, hexadecimal. */
  readonly digest: string;
}

export interface FactsKeeper {
  /** What was last collected. */
  current(): KnownFacts;
  /** The same, after a collection when the last is older than the interval. It never rejects. */
  upToDate(): Promise<KnownFacts>;
}

export interface FactsSource {
  readonly clock: Clock;
  readonly log: Log;
  readonly collect: () => Promise<MachineFacts>;
  readonly everyMs: number;
}

/** Collects at most once an interval, and once at a time; a failed collection leaves the last facts standing. */
export const createFactsKeeper = ({ clock, log, collect, everyMs }: FactsSource): FactsKeeper => {
  let known = knownOf(undefined);
  let triedAt: Date | null = null;
  let running: Promise<void> | null = null;

  const refresh = async (): Promise<void> => {
    triedAt = clock.now();
    try {
      known = knownOf(await collect());
    } catch (error) {
      log.error('the facts of this machine could not be collected', { error: String(error) });
    } finally {
      running = null;
    }
  };
  const upToDate = async (): Promise<KnownFacts> => {
    if (triedAt === null || msBetween(triedAt, clock.now()) >= everyMs) running ??= refresh();
    await running;
    return known;
  };
  return { current: () => known, upToDate };
};

const knownOf = (collected: MachineFacts | undefined): KnownFacts => {
  const facts = sortedKeys(collected) as MachineFacts | undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify(facts) ?? '')
    .digest('hex');
  return { facts, digest };
};
