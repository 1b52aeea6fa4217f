import { type Browser, codeOf, contextOf, createBrowser } from './browser.ts';
import { type LoadResult, type Window, wanted } from './closed-loop.ts';
import { authorizeTarget, codeRequest, type Place } from './command-line-program.ts';
import type { Connection } from './connection.ts';
import { runJourneys } from './journeys.ts';
import { renderRequest } from './render-request.ts';
import type { Reply } from './reply-reader.ts';

/** Somebody who signs in with a password. */
export interface Account {
  readonly userName: string;
  readonly password: string;
}

export interface PeopleInput {
  readonly place: Place;
  readonly accounts: readonly Account[];
}

export interface PeopleLoadInput {
  readonly place: Place;
  readonly window: Window;
}

export interface Person {
  readonly account: Account;
  /** Signed in, and known to the server as a device of theirs. */
  readonly browser: Browser;
  /** The next one to use. */
  refreshToken: string;
}

/** People that this process plays: each has a browser, and one connection at a time. */
export const createPeople = () => {
  const people: Person[] = [];
  const personAt = (at: number): Person => {
    const person = people[at % people.length];
    if (person === undefined) throw new Error('nobody has signed in yet');
    return person;
  };
  return {
    personAt,
    /** Everybody's first sign-in. */
    signIn: async (connections: readonly Connection[], { place, accounts }: PeopleInput): Promise<number> => {
      const left = [...accounts];
      const drive = async (connection: Connection): Promise<void> => {
        for (let account = left.shift(); account !== undefined; account = left.shift())
          people.push(await firstSignIn(connection, place, account));
      };
      await Promise.all(connections.map(drive));
      return people.length;
    },
    /** Passwords: every turn is a whole sign-in on a device that the person has used before, without a session. */
    signInAgain: (connections: readonly Connection[], { place, window }: PeopleLoadInput): Promise<LoadResult> =>
      runJourneys({
        connections,
        window,
        go: async ({ connection, at }) => {
          const { browser, account } = personAt(at);
          browser.forget('session');
          const reply = await enterPassword(browser, connection, { place, account });
          return codeOf(reply) === undefined ? String(reply.status) : wanted;
        },
      }),
    /** A session gives a code without a page, and the code gives tokens. */
    exchangeCodes: (connections: readonly Connection[], { place, window }: PeopleLoadInput): Promise<LoadResult> =>
      runJourneys({
        connections,
        window,
        go: async ({ connection, at, mark }) => {
          const silent = await personAt(at).browser.get(connection, authorizeTarget(place, true));
          const code = codeOf(silent);
          if (code === undefined) return `authorize ${silent.status}`;
          const begun = performance.now();
          const { status } = await connection.exchange(renderRequest(place.endpoint, codeRequest(place, code)));
          if (status !== 200) return `token ${status}`;
          mark('token', begun);
          return wanted;
        },
      }),
  };
};

export type People = ReturnType<typeof createPeople>;

const firstSignIn = async (connection: Connection, place: Place, account: Account): Promise<Person> => {
  const browser = createBrowser(place.endpoint);
  const reply = await enterPassword(browser, connection, { place, account });
  const code = codeOf(reply);
  if (code === undefined) throw new Error(`${account.userName} cannot sign in: ${reply.status} ${reply.head}`);
  const { status, body } = await connection.exchange(renderRequest(place.endpoint, codeRequest(place, code)));
  if (status !== 200) throw new Error(`no tokens for ${account.userName}: ${status} ${body}`);
  const { refresh_token: refreshToken } = JSON.parse(body.toString()) as { refresh_token: string };
  return { account, browser, refreshToken };
};

/** Opens the sign-in page and sends its form. */
export const enterPassword = async (
  browser: Browser,
  connection: Connection,
  { place, account: { userName, password } }: { readonly place: Place; readonly account: Account },
): Promise<Reply> => {
  const page = await browser.get(connection, authorizeTarget(place));
  return browser.post(connection, '/signin', {
    step: 'password',
    ctx: contextOf(page),
    username: userName,
    password,
  });
};
