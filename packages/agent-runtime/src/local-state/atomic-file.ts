import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file so that a crash leaves the old content or the new, never a part. One writer at a time for each path.
 * @param mode permission bits of the new file
 */
export const writeAtomically = async (path: string, content: string, mode = 0o600): Promise<void> => {
  const draft = `${path}.new`;
  // A draft left by a crash goes first: an existing file would keep its own mode.
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
};

/** Removes a file; gone when it returns, also after a power failure. */
export const removeDurably = async (path: string): Promise<void> => {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
