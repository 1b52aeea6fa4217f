import { setTimeout as sleep } from 'node:timers/promises';

const pause = 50;
/** Far beyond what anything here takes on a busy machine, in milliseconds. */
const patience = 25_000;

/** Looks until `find` gives something; what it throws counts as nothing yet, and is told when patience ends. */
export const eventually = async <T>(what: string, find: () => Promise<T | undefined> | T | undefined): Promise<T> => {
  const end = Date.now() + patience;
  let last = 'nothing';
  for (;;) {
    try {
      const found = await find();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > end) throw new Error(`never: ${what} (last: ${last})`);
    await sleep(pause);
  }
};
