import type { Logger } from 'pino';

export interface ShutdownStep {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** Runs every step in order; a failing one is logged and does not keep the next from running. */
export const shutDown = async (steps: readonly ShutdownStep[], log: Logger): Promise<void> => {
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, step: name }, 'a step of the shutdown failed');
    }
  }
};
