import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file (mode 0600) so that a crash leaves the old content or the new, never a part. */
export const writeDurably = async (path: string, content: string): Promise<void> => {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await renameDurably(temporary, path);
};

/** A rename that has reached the disk when it returns. */
export const renameDurably = async (from: string, to: string): Promise<void> => {
  await rename(from, to);
  const folder = await open(dirname(to), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
