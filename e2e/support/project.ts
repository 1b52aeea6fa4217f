import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the repository is, and what the suite runs of it. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const programs = {
  holdfast: join(projectFolder, 'apps', 'control-plane', 'src', 'main.ts'),
  start: join(projectFolder, 'tools', 'start', 'src', 'main.ts'),
  bundleAgent: join(projectFolder, 'apps', 'agent', 'bundle.ts'),
  agent: join(projectFolder, 'apps', 'agent', 'dist', 'azcmagent.cjs'),
} as const;
