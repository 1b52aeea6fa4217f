import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The machine's own description of itself, which Linux keeps in files. What is absent or unreadable is simply unknown. */
export interface MachineFiles {
  readText(path: string): string | undefined;
  /** Names in a folder; none when it cannot be read. */
  list(path: string): readonly string[];
  /** When the file system recorded the path's making; unknown on file systems that do not. */
  madeAt(path: string): Date | undefined;
}

/**
 * The files below `root`. Reads are synchronous on purpose: they come from memory (procfs, sysfs), and a thousand
 * trips through the thread pool cost more than the reads.
 */
export const createMachineFiles = (root = '/'): MachineFiles => ({
  readText: (path) => attempt(() => readFileSync(join(root, path), 'utf8')),
  list: (path) => attempt(() => readdirSync(join(root, path))) ?? [],
  madeAt: (path) => {
    const ms = attempt(() => statSync(join(root, path)).birthtimeMs) ?? 0;
    return ms > 0 ? new Date(ms) : undefined;
  },
});

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
