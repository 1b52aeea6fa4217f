import type { Clock } from '@holdfast/kernel';
import { type Fields, type Level, logfmtLine } from './logfmt.ts';

/** Where the agent says what it does. Messages and fields never hold a secret. */
export type Log = Readonly<Record<Level, (message: string, fields?: Fields) => void>>;

/** Takes whole lines; it never throws. */
export type LineSink = (line: string) => void;

export const createLog = (clock: Clock, sinks: readonly LineSink[]): Log => {
  const at =
    (level: Level) =>
    (message: string, fields: Fields = {}): void => {
      const line = logfmtLine(clock.now(), level, { msg: message, ...fields });
      for (const sink of sinks) sink(line);
    };
  return { info: at('info'), warning: at('warning'), error: at('error') };
};
