import { randomBytes } from 'node:crypto';
import type { LocalApiClient } from '@holdfast/agent-runtime';
import type { CliWorld } from '../cli-world.ts';
import { runCommandLine } from '../command-line.ts';
import { createCommandLog } from '../output/command-log.ts';
import { createFakeHimds } from './fake-himds.ts';
import { createScaledClock } from './scaled-clock.ts';

export interface TestWorld extends Partial<Omit<CliWorld, 'root' | 'himds'>> {
  readonly root: string;
  readonly himds?: LocalApiClient;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The result that was printed with --json. */
  readonly json: unknown;
}

/** Runs one command line in a world without a real himds; time passes fifty times as fast. */
export const runIn = async (settings: TestWorld, argv: readonly string[]): Promise<Ran> => {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const world: CliWorld = {
    env: {},
    clock: createScaledClock(50),
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    hostName: 'web01',
    elevated: false,
    interrupted: new AbortController().signal,
    himds: createFakeHimds(),
    facts: () => Promise.reject(new Error('nobody should ask')),
    stdout: { terminal: false, write: (text) => void stdout.push(text) },
    stderr: { terminal: false, write: (text) => void stderr.push(text) },
    // Tests of the real paths leave nothing there.
    commandLog: settings.root === '/' ? () => {} : createCommandLog(settings.root),
    ...settings,
  };
  const code = await runCommandLine(argv, world);
  return { code, stdout: stdout.join(''), stderr: stderr.join(''), json: parse(stdout.join('')) };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
