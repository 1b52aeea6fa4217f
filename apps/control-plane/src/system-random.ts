import { randomBytes } from 'node:crypto';
import type { Random } from '@holdfast/kernel';

/** A page. More at a time saves nothing more. */
const blockSize = 4096;

/**
 * The system's randomness, fetched in blocks: a call for it takes five microseconds whatever its length, and a token needs
 * several small ones. What has been handed out is wiped from the block.
 */
export const createSystemRandom = (): Random => {
  let block = randomBytes(0);
  let used = 0;
  return {
    bytes: (length) => {
      if (length > blockSize) return new Uint8Array(randomBytes(length));
      if (used + length > block.length) [block, used] = [randomBytes(blockSize), 0];
      const taken = block.subarray(used, used + length);
      used += length;
      const bytes = new Uint8Array(taken);
      taken.fill(0);
      return bytes;
    },
  };
};
