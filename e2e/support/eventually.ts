import { setTimeout as sleep } from 'node:timers/promises';

type Nothing = undefined | null | false | '';

const pause = 50;
/** Far beyond what anything here takes on a busy machine, in milliseconds. */
const patience = 45_000;

/** Looks until `find` gives something. What it throws counts as nothing yet, and is told when patience ends. */
export const eventually = async <T>(what: string, find: () => Promise<T> | T): Promise<Exclude<T, Nothing>> => {
  const end = Date.now() + patience;
  let last: unknown = 'nothing';
  for (;;) {
    try {
      const found = await find();
      if (isSomething(found)) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`never: ${what}`, { cause: last });
    await sleep(pause);
  }
};

const isSomething = <T>(found: T): found is Exclude<T, Nothing> =>
  found !== undefined && found !== null && found !== false && found !== '';
