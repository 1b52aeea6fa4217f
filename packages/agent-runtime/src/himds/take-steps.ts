import type { Log } from '../log/log.ts';

export type Step = readonly [name: string, take: () => Promise<unknown>];

/** Takes the steps in their order; one that fails is logged and does not keep the others from being taken. */
export const takeSteps = async (log: Log, steps: readonly Step[]): Promise<void> => {
  for (const [step, take] of steps) {
    try {
      await take();
    } catch (error) {
      log.error('a step of stopping failed', { step, error: String(error) });
    }
  }
};
