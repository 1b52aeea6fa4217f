import { createHash } from 'node:crypto';
import type { Random } from '@holdfast/kernel';

/** The same bytes for the same seed, in every run and on every machine. */
export const seededRandom = (seed: string): Random => {
  let block = 0;
  let stored = Buffer.alloc(0);
  const draw = (length: number): Uint8Array => {
    while (stored.length < length) {
      stored = Buffer.concat([stored, createHash('sha256').update(`${seed}:${block}`).digest()]);
      block += 1;
    }
    const drawn = Uint8Array.from(stored.subarray(0, length));
    stored = stored.subarray(length);
    return drawn;
  };
  return { bytes: draw };
};
