import { contextOf } from './browser.ts';
import { type LoadResult, runClosedLoop, type Window, wanted } from './closed-loop.ts';
import { deviceCodeRequest, type Place, pollRequest } from './command-line-program.ts';
import type { Connection } from './connection.ts';
import { runJourneys } from './journeys.ts';
import type { People, Person } from './people.ts';
import { textOf } from './refresh-chains.ts';
import { renderRequest } from './render-request.ts';
import type { Reply } from './reply-reader.ts';

export interface DevicesInput {
  readonly place: Place;
  readonly window: Window;
}

/** Devices without a browser that this process plays. */
export const createDevices = (people: People) => {
  /** Codes that nobody has approved. */
  const waiting: string[] = [];
  return {
    askForCodes: (connections: readonly Connection[], { place, window }: DevicesInput): Promise<LoadResult> => {
      const request = renderRequest(place.endpoint, deviceCodeRequest(place));
      return runClosedLoop({
        connections,
        window,
        next: () => request,
        onAnswer: (_, { body }) => void waiting.push(textOf(body, 'device_code')),
      });
    },
    /** One device after the other, as many as there are. */
    poll: (connections: readonly Connection[], { place, window }: DevicesInput): Promise<LoadResult> => {
      let turn = 0;
      const next = () => {
        const code = waiting[turn % waiting.length];
        turn += 1;
        return code === undefined ? undefined : renderRequest(place.endpoint, pollRequest(place, code));
      };
      return runClosedLoop({ connections, window, next, judge: judgePoll });
    },
    /** A device asks, its person types the code and agrees, and the device gets its tokens. */
    approve: (connections: readonly Connection[], { place, window }: DevicesInput): Promise<LoadResult> =>
      runJourneys({
        connections,
        window,
        go: async ({ connection, at, mark }) => {
          const { body } = await connection.exchange(renderRequest(place.endpoint, deviceCodeRequest(place)));
          const begun = performance.now();
          const reply = await agree(connection, people.personAt(at), textOf(body, 'user_code'));
          if (!reply.body.includes('data-outcome="done"')) return `page ${reply.status}`;
          mark('pages', begun);
          const poll = renderRequest(place.endpoint, pollRequest(place, textOf(body, 'device_code')));
          const { status } = await connection.exchange(poll);
          return status === 200 ? wanted : `token ${status}`;
        },
      }),
  };
};

/** Told to wait: a poll that came too soon hears `slow_down` after the same work. */
const judgePoll = ({ status, body }: Reply): string => {
  const error = textOf(body, 'error');
  return ['authorization_pending', 'slow_down'].includes(error) ? wanted : `${status} ${error}`;
};

/** Types a code and confirms the account; resolves to the page that follows. */
export const typeUserCode = async (connection: Connection, { browser }: Person, code: string): Promise<Reply> => {
  const page = await browser.post(connection, '/devicelogin', { user_code: code });
  return browser.post(connection, '/signin', { step: 'account', decision: 'continue', ctx: contextOf(page) });
};

const agree = async (connection: Connection, person: Person, code: string): Promise<Reply> => {
  const page = await typeUserCode(connection, person, code);
  return person.browser.post(connection, '/signin', { step: 'device', decision: 'confirm', ctx: contextOf(page) });
};
