import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { statePaths } from '../local-state/state-paths.ts';

/** sun_path holds 108 bytes on Linux and 104 elsewhere (unix(7)); some room is left for a name beside the socket. */
const longestSocketPath = 100;

/** Where himds listens for the command line: below the root, or in the temporary folder when that path is too long. */
export const localApiSocketPath = (root: string): string => {
  const own = join(statePaths(root).runFolder, 'himds.sock');
  if (Buffer.byteLength(own) <= longestSocketPath) return own;
  const name = createHash('sha256').update(resolve(root)).digest('hex').slice(0, 16);
  return join(tmpdir(), `azcmagent-${name}`, 'himds.sock');
};
