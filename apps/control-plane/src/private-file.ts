import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file that only its owner can read, whole or not at all, and durably. */
export const writePrivateFile = (file: string, content: string | Uint8Array): void => {
  const draft = `${file}.${process.pid}.draft`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, Buffer.from(content));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncFolder(dirname(file));
};

const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The content, or undefined when there is no such file. Any other trouble is thrown. */
export const findFile = (file: string): Buffer | undefined => {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** What the file holds, made and kept first when there is none. */
export const readOrCreate = (file: string, make: () => string | Uint8Array): Buffer => {
  const existing = findFile(file);
  if (existing !== undefined) return existing;
  writePrivateFile(file, make());
  return readFileSync(file);
};
