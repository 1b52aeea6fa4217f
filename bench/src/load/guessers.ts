import { contextOf, createBrowser } from './browser.ts';
import { type LoadResult, type Window, wanted } from './closed-loop.ts';
import { authorizeTarget, type Place } from './command-line-program.ts';
import type { Connection } from './connection.ts';
import { typeUserCode } from './devices.ts';
import { type Mark, runJourneys } from './journeys.ts';
import type { People } from './people.ts';

export interface GuessPasswordsInput {
  readonly place: Place;
  readonly window: Window;
  /** Guessed at in turn. */
  readonly userNames: readonly string[];
}

export interface GuessUserCodesInput {
  readonly place: Place;
  readonly window: Window;
}

/** Each guesser opens the page once and sends its form again and again, which is the least that a guess can cost. */
export const guessPasswords = async (
  connections: readonly Connection[],
  { place, window, userNames }: GuessPasswordsInput,
): Promise<LoadResult> => {
  const forms = await Promise.all(
    connections.map(async (connection) => {
      const browser = createBrowser(place.endpoint);
      return { browser, ctx: contextOf(await browser.get(connection, authorizeTarget(place))) };
    }),
  );
  let guess = 0;
  return runJourneys({
    connections,
    window,
    go: async ({ connection, at, mark }) => {
      const [{ browser, ctx }, begun] = [forms[at % forms.length] as (typeof forms)[number], performance.now()];
      guess += 1;
      const username = userNames[guess % userNames.length] ?? '';
      const fields = { step: 'password', ctx, username, password: `tulip carbon sideways ${guess}` };
      const { status } = await browser.post(connection, '/signin', fields);
      return judge(status, { mark, begun });
    },
  });
};

/** Somebody who has signed in tries codes that devices might show. */
export const guessUserCodes = (
  people: People,
  connections: readonly Connection[],
  { window }: GuessUserCodesInput,
): Promise<LoadResult> =>
  runJourneys({
    connections,
    window,
    go: async ({ connection, at, mark }) => {
      const begun = performance.now();
      const { status } = await typeUserCode(connection, people.personAt(at), randomUserCode());
      return judge(status, { mark, begun });
    },
  });

const compared = 400;
const limited = 429;

/** A guess is answered when it was compared, and when the limits kept it from being compared. */
const judge = (status: number, { mark, begun }: { readonly mark: Mark; readonly begun: number }): string => {
  if (status !== compared && status !== limited) return String(status);
  mark(status === compared ? 'compared' : 'refusedByLimits', begun);
  return wanted;
};

const letters = 'BCDFGHJKLMNPQRSTVWXZ';

const randomUserCode = (): string =>
  Array.from({ length: 9 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
