import { readFileSync, renameSync } from 'node:fs';
import type { Clock } from '@holdfast/kernel';
import type { Log } from '../log/log.ts';

/** What reading state needs besides a path. */
export interface StateReading {
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every file that was set aside. */
  readonly onUnreadable: (notice: string) => void;
}

/** Turns a file's text into a value; it throws, or answers undefined, when the text is not what it should be. */
export type Parser<T> = (text: string) => T | undefined;

/**
 * The value in a state file; null where there is none. A file that cannot be understood is set aside under another
 * name for a person to look at, and counts as none.
 * @throws the system's error when the file is there but cannot be read
 */
export const readStateFile = <T>(path: string, parse: Parser<T>, reading: StateReading): T | null => {
  const text = readIfPresent(path);
  if (text === null) return null;
  const value = attempt(parse, text);
  if (value !== undefined) return value;
  const aside = `${path}.unreadable-${reading.clock.now().toISOString().replace(/[-:.]/g, '')}`;
  renameSync(path, aside);
  const notice = `${path} could not be understood and was set aside as ${aside}`;
  reading.log.error(notice);
  reading.onUnreadable(notice);
  return null;
};

const readIfPresent = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const attempt = <T>(parse: Parser<T>, text: string): T | undefined => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};
