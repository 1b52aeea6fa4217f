import { createCliWorld } from './cli-world.ts';
import { runCommandLine } from './command-line.ts';

/** The command line's face of the program: runs one command and ends the process with its code. */
export const runCli = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<never> => {
  const code = await runCommandLine(argv, createCliWorld(env));
  // Not left to the event loop: after Ctrl+C a call to himds that nobody waits for would keep the process.
  process.exit(code);
};
