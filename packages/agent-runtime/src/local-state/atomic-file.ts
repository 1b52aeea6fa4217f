import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

// Synchronous on purpose, as all file access of the daemon: a few hundred bytes now and then, and loading
// node:fs/promises costs a megabyte of resident memory on every server.

/**
 * Replaces a file so that a crash leaves the old content or the new, never a part.
 * @param mode permission bits of the new file
 */
export const writeAtomically = (path: string, content: string, mode = 0o600): void => {
  const draft = `${path}.new`;
  // A draft left by a crash goes first: an existing file would keep its own mode.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
};

/** Removes a file; gone when it returns, also after a power failure. */
export const removeDurably = (path: string): void => {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
};

const syncFolder = (path: string): void => {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
