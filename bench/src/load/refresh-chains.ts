import { type LoadResult, runClosedLoop } from './closed-loop.ts';
import { refreshRequest } from './command-line-program.ts';
import type { Connection } from './connection.ts';
import type { People, PeopleLoadInput } from './people.ts';
import { renderRequest } from './render-request.ts';

/** Each connection sends the refresh token that its last answer brought. */
export const runRefreshChains = (
  people: People,
  connections: readonly Connection[],
  { place, window }: PeopleLoadInput,
): Promise<LoadResult> =>
  runClosedLoop({
    connections,
    window,
    next: (at) => renderRequest(place.endpoint, refreshRequest(place, people.personAt(at).refreshToken)),
    onAnswer: (at, { body }) => {
      people.personAt(at).refreshToken = textOf(body, 'refresh_token');
    },
  });

/** One text of a JSON object, without reading the rest: tokens have no escapes. */
export const textOf = (body: Buffer, name: string): string =>
  new RegExp(`"${name}":"([^"]*)"`).exec(body.toString('latin1'))?.[1] ?? '';
