import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { clearTimeout, setTimeout } from 'node:timers';
import { collectFacts, createLocalApiClient, type LocalApiClient } from '@holdfast/agent-runtime';
import type { MachineFacts } from '@holdfast/contracts';
import { type Clock, createSystemClock, type Random } from '@holdfast/kernel';
import { createCommandLog } from './output/command-log.ts';

/** Everything outside the program that a command may touch. */
export interface CliWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly hostName: string;
  /** Below which the agent's files are: `/` on a real server. */
  readonly root: string;
  /** Running as root. */
  readonly elevated: boolean;
  /** Aborts when the user presses Ctrl+C. */
  readonly interrupted: AbortSignal;
  readonly himds: LocalApiClient;
  /** This machine's own facts, without asking the network. */
  facts(): Promise<MachineFacts>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Where commands and their ends are written down, by the line. */
  readonly commandLog: (line: string) => void;
}

export interface TextSink {
  readonly terminal: boolean;
  write(text: string): void;
}

/** The world of this process. */
export const createCliWorld = (env: NodeJS.ProcessEnv): CliWorld => {
  const root = env['AZCMAGENT_ROOT'] || '/';
  const interruption = new AbortController();
  process.once('SIGINT', () => interruption.abort());
  const clock = createSystemClock({ setTimeout, clearTimeout });
  return {
    env,
    clock,
    random: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    hostName: hostname(),
    root,
    elevated: process.geteuid?.() === 0,
    interrupted: interruption.signal,
    himds: createLocalApiClient(root),
    facts: () => collectFacts({ clock, probeCloud: async () => '' }),
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    commandLog: createCommandLog(root),
  };
};

const sinkOf = (stream: NodeJS.WriteStream): TextSink => {
  // A reader that has seen enough, as in `azcmagent show | head`, is no failure.
  stream.on('error', () => {});
  return {
    terminal: stream.isTTY === true,
    write: (text) => {
      stream.write(text);
    },
  };
};
