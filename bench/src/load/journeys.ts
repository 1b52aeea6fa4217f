import { setTimeout as sleep } from 'node:timers/promises';
import { epoch, isCounted, type LoadResult, type Window, wanted } from './closed-loop.ts';
import type { Connection } from './connection.ts';

/** Times a part of a journey from `begun` (a reading of `performance.now()`) to now. */
export type Mark = (part: string, begun: number) => void;

export interface Journeys {
  readonly connections: readonly Connection[];
  readonly window: Window;
  /** Goes from beginning to end once; resolves to `wanted`, or to what it met instead. */
  readonly go: (travel: {
    readonly connection: Connection;
    readonly at: number;
    readonly mark: Mark;
  }) => Promise<string>;
}

/** A closed loop of several requests a turn: every connection begins its next journey as soon as the last has ended. */
export const runJourneys = async ({ connections, window, go }: Journeys): Promise<LoadResult> => {
  const latencies: number[] = [];
  const parts: Record<string, number[]> = {};
  const refused: Record<string, number> = {};
  const mark: Mark = (part, begun) => {
    const ended = performance.now();
    if (!isCounted(ended, window)) return;
    parts[part] ??= [];
    parts[part].push(ended - begun);
  };
  const drive = async (connection: Connection, at: number): Promise<void> => {
    for (let begun = performance.now(); epoch(begun) < window.until; begun = performance.now()) {
      const outcome = await go({ connection, at, mark });
      const ended = performance.now();
      if (outcome !== wanted) refused[outcome] = (refused[outcome] ?? 0) + 1;
      else if (isCounted(ended, window)) latencies.push(ended - begun);
    }
  };
  await sleep(Math.max(0, window.from - Date.now()));
  await Promise.all(connections.map(drive));
  const measured = Object.entries(parts).map(([part, values]) => [part, Float64Array.from(values)] as const);
  return {
    answered: latencies.length,
    refused,
    latencies: Float64Array.from(latencies),
    parts: Object.fromEntries(measured),
    exhausted: false,
  };
};
