import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { type Clock, seconds } from '@holdfast/kernel';
import { ifPresent } from './errno.ts';

/**
 * The server writes its log into a file by itself: a pipe to us would break when we are killed, and the server outlives
 * us then. What a caller wants to see is read back from the file.
 */
const largestLog = 10 * 1024 * 1024;

/** Opened for appending (0600); a large one is put aside as `<file>.1` first. */
export const openServerLog = async (file: string): Promise<FileHandle> => {
  if ((await sizeOf(file)) > largestLog) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
};

/** In bytes; 0 when there is none. */
export const sizeOf = async (file: string): Promise<number> => (await ifPresent(stat(file)))?.size ?? 0;

/** What the log holds after a position in bytes. */
export const readLogFrom = async (file: string, from: number): Promise<Buffer> => {
  const handle = await ifPresent(open(file, 'r'));
  try {
    const news = Buffer.alloc(Math.max(0, (await sizeOf(file)) - from));
    const { bytesRead } = (await handle?.read(news, 0, news.length, from)) ?? { bytesRead: 0 };
    return news.subarray(0, bytesRead);
  } finally {
    await handle?.close();
  }
};

export interface LogFollower {
  /** Hands over what is left, and stops. */
  close(): Promise<void>;
}

export interface FollowOptions {
  readonly file: string;
  /** In bytes. */
  readonly from: number;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

const pollInterval = seconds(0.5);

/** Gives every complete line written after `from` to `log`. */
export const followLog = ({ file, from, clock, log }: FollowOptions): LogFollower => {
  const ending = new AbortController();
  let position = from;
  const forward = async () => {
    // Somebody may have truncated it.
    position = Math.min(position, await sizeOf(file));
    const news = await readLogFrom(file, position);
    const complete = news.subarray(0, news.lastIndexOf('\n') + 1);
    position += complete.length;
    for (const line of complete.toString().split('\n').slice(0, -1)) log(line);
  };
  const follow = async () => {
    while (!ending.signal.aborted) {
      await forward();
      await clock.sleep(pollInterval, ending.signal);
    }
    await forward();
  };
  const following = follow();
  return {
    close: () => {
      ending.abort();
      return following;
    },
  };
};
