import type { Application } from '@holdfast/directory';
import { listAnswer } from '../answers/list-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { parseListQuery } from '../query/list-query.ts';
import { parseFilter, unsupportedFilter } from '../query/parse-filter.ts';
import type { GraphStores } from '../stores.ts';
import { credentialActivitiesOf } from './credential-activity-wire.ts';

const set = 'reports/appCredentialSignInActivities';

/**
 * When each credential ends and was last used, to find those to renew and those to remove. A page holds the credentials of
 * as many applications as it was asked for.
 */
export const listCredentialActivities =
  (stores: GraphStores): GraphHandler<'CredentialActivities_List'> =>
  async ({ context, query }) => {
    const { filter, top, after, select } = parseListQuery(query);
    const until = endOf(filter);
    const { items, next } = await stores.applications.list(context.caller.tenantId, { where: [], top, after });
    const more = next === undefined ? {} : { more: { path: `/v1.0/${set}`, query, next } };
    const activities = items.map((application) => ending(application, until)).flatMap(credentialActivitiesOf);
    return listAnswer(context, { set, items: activities, select, ...more });
  };

const ending = (application: Application, until: Date | undefined): Application => {
  if (until === undefined) return application;
  const ends = ({ endsAt }: { readonly endsAt: Date }) => endsAt <= until;
  const { secrets, certificates } = application;
  return { ...application, secrets: secrets.filter(ends), certificates: certificates.filter(ends) };
};

/** `expirationDateTime le …` is what can be asked. */
const endOf = (filter: string | undefined): Date | undefined => {
  if (filter === undefined || filter.trim() === '') return undefined;
  const [term, ...others] = parseFilter(filter);
  const isEnd = term?.kind === 'compare' && term.name.toLowerCase() === 'expirationdatetime' && term.operator === 'le';
  if (isEnd && term.value instanceof Date && others.length === 0) return term.value;
  throw unsupportedFilter('supported here: expirationDateTime le with a time.');
};
