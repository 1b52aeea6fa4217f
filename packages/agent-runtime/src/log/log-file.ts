import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import type { LineSink } from './log.ts';

export interface LogFile {
  readonly write: LineSink;
  close(): void;
}

const tenMegabytes = 10 * 1024 * 1024;

/**
 * Appends lines to a file (mode 0640) that keeps one predecessor, `<path>.1`, once it has grown to `limit` bytes.
 * Lines are written at once, so that the last ones before a crash are there. A full disk silences the log, not the agent.
 */
export const openLogFile = (path: string, limit: number = tenMegabytes): LogFile => {
  let file = openAppending(path);
  const write = (line: string): void => {
    try {
      if (file.size > 0 && file.size + Buffer.byteLength(line) > limit) file = rotated(path, file);
      file.size += writeSync(file.descriptor, line);
    } catch {
      // Nothing is left to say it to.
    }
  };
  return { write, close: () => closeSync(file.descriptor) };
};

interface OpenFile {
  readonly descriptor: number;
  size: number;
}

const openAppending = (path: string): OpenFile => {
  const descriptor = openSync(path, 'a', 0o640);
  return { descriptor, size: fstatSync(descriptor).size };
};

/** Opens the successor before it closes the old file: a failure in between leaves a log to write to. */
const rotated = (path: string, old: OpenFile): OpenFile => {
  renameSync(path, `${path}.1`);
  const fresh = openAppending(path);
  closeSync(old.descriptor);
  return fresh;
};
