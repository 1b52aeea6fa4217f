import { armError } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Beat, BeatOutcome, HeartbeatStore } from './connected-machine-store.ts';

export interface HeartbeatBatch {
  /** Resolves once the beat is durable; undefined when the machine does not exist. */
  record(beat: Beat): Promise<BeatOutcome | undefined>;
}

export interface HeartbeatBatchOptions {
  readonly store: HeartbeatStore;
  /** See {@link HeartbeatStore.record}, milliseconds. */
  readonly silence: number;
  /** The most beats in one transaction. */
  readonly batchSize?: number;
  /** The most beats waiting; one more is answered 429. */
  readonly queueLimit?: number;
}

interface Waiting {
  readonly beat: Beat;
  readonly resolve: (outcome: BeatOutcome | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: while one batch is being committed the next gathers, so that a lone beat waits for nobody and a
 * thousand share a handful of transactions. A machine's second beat waits for the batch after its first.
 */
export const createHeartbeatBatch = (options: HeartbeatBatchOptions): HeartbeatBatch => {
  const { store, silence, batchSize = 500, queueLimit = 20_000 } = options;
  let waiting: Waiting[] = [];
  let committing = false;

  const commit = async (): Promise<void> => {
    while (waiting.length > 0) {
      const [batch, rest] = takeOnePerMachine(waiting, batchSize);
      waiting = rest;
      await settle(batch, () =>
        store.record(
          batch.map(({ beat }) => beat),
          silence,
        ),
      );
    }
    committing = false;
  };

  return {
    record: (beat) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= queueLimit) return reject(armError('TooManyRequests', {}));
        waiting.push({ beat, resolve, reject });
        // The turn of the event loop ends first, so that beats which arrived together are committed together.
        if (!committing) {
          committing = true;
          queueMicrotask(() => void commit());
        }
      }),
  };
};

const takeOnePerMachine = (waiting: readonly Waiting[], size: number): [Waiting[], Waiting[]] => {
  const batch = new Map<Uuid, Waiting>();
  const rest: Waiting[] = [];
  for (const each of waiting) {
    if (batch.size < size && !batch.has(each.beat.machineId)) batch.set(each.beat.machineId, each);
    else rest.push(each);
  }
  return [[...batch.values()], rest];
};

const settle = async (batch: readonly Waiting[], record: () => Promise<readonly BeatOutcome[]>): Promise<void> => {
  try {
    const outcomes = new Map((await record()).map((outcome) => [outcome.machineId, outcome]));
    for (const { beat, resolve } of batch) resolve(outcomes.get(beat.machineId));
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
};
