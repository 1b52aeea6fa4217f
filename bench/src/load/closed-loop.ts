import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';

/** When to send and what to count, in milliseconds since 1970, so that several processes agree. */
export interface Window {
  readonly from: number;
  readonly countFrom: number;
  readonly until: number;
}

export interface LoadResult {
  /** Answers 200 that ended inside the counted time. */
  readonly answered: number;
  /** All other answers at any time, by status. */
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds from request to whole answer, of those counted. */
  readonly latencies: Float64Array;
  /** Whether there was nothing left to send before the time was over. */
  readonly exhausted: boolean;
}

export interface ClosedLoop {
  readonly connections: readonly Connection[];
  readonly window: Window;
  /** The next request of a connection, by its position; undefined when there is none. */
  readonly next: (connection: number) => Buffer | undefined;
  /** Hears of every 200, in or out of the counted time. */
  readonly onAnswer?: (connection: number) => void;
}

/** Every connection sends its next request as soon as the last is answered. */
export const runClosedLoop = async ({ connections, window, next, onAnswer }: ClosedLoop): Promise<LoadResult> => {
  const latencies: number[] = [];
  const refused: Record<string, number> = {};
  let exhausted = false;
  const drive = async (connection: Connection, position: number): Promise<void> => {
    for (;;) {
      const begun = performance.now();
      if (epoch(begun) >= window.until) return;
      const request = next(position);
      if (request === undefined) {
        exhausted = true;
        return;
      }
      const { status } = await connection.exchange(request);
      const ended = performance.now();
      if (status !== 200) {
        refused[status] = (refused[status] ?? 0) + 1;
        continue;
      }
      onAnswer?.(position);
      if (epoch(ended) >= window.countFrom && epoch(ended) < window.until) latencies.push(ended - begun);
    }
  };
  await sleep(Math.max(0, window.from - Date.now()));
  await Promise.all(connections.map(drive));
  return { answered: latencies.length, refused, latencies: Float64Array.from(latencies), exhausted };
};

const epoch = (reading: number): number => performance.timeOrigin + reading;
