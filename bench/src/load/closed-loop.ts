import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import type { Reply } from './reply-reader.ts';

/** When to send and what to count, in milliseconds since 1970, so that several processes agree. */
export interface Window {
  readonly from: number;
  readonly countFrom: number;
  readonly until: number;
}

export interface LoadResult {
  /** Wanted answers, 200 as a rule, that ended inside the counted time. */
  readonly answered: number;
  /** All other answers at any time, by status or by what they say. */
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds from request to whole answer, of those counted. */
  readonly latencies: Float64Array;
  /** The same of parts of what is counted, where they are measured apart. */
  readonly parts?: Readonly<Record<string, Float64Array>>;
  /** Whether there was nothing left to send before the time was over. */
  readonly exhausted: boolean;
}

export interface ClosedLoop {
  readonly connections: readonly Connection[];
  readonly window: Window;
  /** The next request of a connection, by its position; undefined when there is none. */
  readonly next: (connection: number) => Buffer | undefined;
  /** `wanted`, or what it is listed under instead; 200 is wanted unless this says otherwise. */
  readonly judge?: (reply: Reply) => string;
  /** Hears of every wanted answer, in or out of the counted time. */
  readonly onAnswer?: (connection: number, reply: Reply) => void;
}

export const wanted = 'wanted';

/** Judges by the status alone. */
export const wants =
  (status: number) =>
  (reply: Reply): string =>
    reply.status === status ? wanted : String(reply.status);

/** Every connection sends its next request as soon as the last is answered. */
export const runClosedLoop = async (loop: ClosedLoop): Promise<LoadResult> => {
  const { connections, window, next, judge = wants(200), onAnswer } = loop;
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
      const reply = await connection.exchange(request);
      const ended = performance.now();
      const judgement = judge(reply);
      if (judgement !== wanted) {
        refused[judgement] = (refused[judgement] ?? 0) + 1;
        continue;
      }
      onAnswer?.(position, reply);
      if (isCounted(ended, window)) latencies.push(ended - begun);
    }
  };
  await sleep(Math.max(0, window.from - Date.now()));
  await Promise.all(connections.map(drive));
  return { answered: latencies.length, refused, latencies: Float64Array.from(latencies), exhausted };
};

/** Milliseconds since 1970 of a reading of `performance.now()`. */
export const epoch = (reading: number): number => performance.timeOrigin + reading;

export const isCounted = (ended: number, { countFrom, until }: Window): boolean =>
  epoch(ended) >= countFrom && epoch(ended) < until;
