import { expect } from 'vitest';
import { type Finished, finished, type Program, startNode } from './program.ts';
import { programs } from './project.ts';

export interface ControlPlane {
  readonly program: Program;
  /** Ends it as Ctrl-C does, which it must do well. */
  stop(): Promise<void>;
  /** Ends it as a power cut does, but for its database. */
  kill(): Promise<void>;
}

/** Runs `holdfast serve` and waits until it serves. */
export const startControlPlane = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ControlPlane> => {
  const program = startNode([programs.holdfast, 'serve', ...args], { env });
  await program.printed(/^ready https:\/\/\S+$/m);
  return {
    program,
    stop: async () => {
      program.signal('SIGINT');
      expect(await program.ended, program.output()).toEqual({ code: 0, signal: null });
    },
    kill: async () => {
      program.signal('SIGKILL');
      await program.ended;
    },
  };
};

/** Runs any other command of `holdfast` to its end. */
export const holdfast = (...args: readonly string[]): Promise<Finished> =>
  finished(startNode([programs.holdfast, ...args]));
