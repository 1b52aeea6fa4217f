import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from './project-folder.ts';

export interface ReadyServer {
  readonly endpoint: string;
  readonly dataFolder: string;
}

export interface ControlPlane {
  /** Resolves once it serves; never when it ends before that. */
  readonly ready: Promise<ReadyServer>;
  isReady(): boolean;
  /** Its exit code. */
  readonly ended: Promise<number>;
  stop(signal: NodeJS.Signals): void;
}

/** Runs `holdfast serve` and passes on what it prints; its summary also tells where it is. */
export const runControlPlane = (options: readonly string[]): ControlPlane => {
  const program = join(projectFolder, 'apps', 'control-plane', 'src', 'main.ts');
  const child = spawn(process.execPath, [program, 'serve', ...options], { stdio: ['inherit', 'pipe', 'inherit'] });
  let dataFolder = '';
  let serves = false;
  const ready = new Promise<ReadyServer>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      process.stdout.write(`${line}\n`);
      dataFolder = /^ {2}Data folder +(.+)$/.exec(line)?.[1] ?? dataFolder;
      const endpoint = /^ready (\S+)$/.exec(line)?.[1];
      if (endpoint === undefined) return;
      serves = true;
      resolve({ endpoint, dataFolder });
    });
  });
  const ended = once(child, 'exit').then(([code]) => (code as number | null) ?? 1);
  return { ready, ended, isReady: () => serves, stop: (signal) => void child.kill(signal) };
};
