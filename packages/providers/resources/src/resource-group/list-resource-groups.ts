import { armError, nextLink, parsePage } from '@holdfast/arm';
import type { Handler, resourceGroupOperations, Visibility } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { requireSubscription } from '../subscription/get-subscription.ts';
import type { GroupStores } from './get-resource-group.ts';
import { resourceGroupToWire } from './resource-group-wire.ts';

/** The most groups on one page. */
const pageSize = 1000;

export const listResourceGroups =
  ({ subscriptions, groups }: GroupStores): Handler<typeof resourceGroupOperations.ResourceGroups_List> =>
  async ({ context, parameters, query }) => {
    const { tenantId } = context.caller;
    const { id } = await requireSubscription(subscriptions, tenantId, parameters.subscriptionId);
    const page = unwrap(parsePage(query, { depth: 1, most: pageSize }));
    const found = await groups.list({
      tenantId,
      subscriptionId: id,
      groupKeys: visibleGroups(context.visibility),
      tag: tagFilter(query.get('$filter')),
      after: page.after?.[0],
      limit: page.size + 1,
    });
    const shown = found.slice(0, page.size);
    const last = found.length > page.size ? shown.at(-1) : undefined;
    const here = { origin: context.origin, path: `/subscriptions/${id}/resourcegroups`, query };
    const more = last === undefined ? {} : { nextLink: nextLink(here, [last.id.group.key]) };
    return { status: 200, body: { value: shown.map(resourceGroupToWire), ...more } };
  };

/** The groups named by the granted scopes; a grant on a resource shows no more than that resource. */
const visibleGroups = (visibility: Visibility): readonly string[] | undefined =>
  visibility === 'everything'
    ? undefined
    : visibility.flatMap((scope) => /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)$/.exec(scope)?.[1] ?? []);

/** ARM's two filters on groups: `tagName eq 'n'`, optionally `and tagValue eq 'v'`. */
const tagFilter = (filter: string | undefined): { name: string; value?: string } | undefined => {
  if (filter === undefined || filter === '') return undefined;
  // A quote inside a literal is doubled (OData 4.01 ABNF, SQUOTE-in-string).
  const match = /^\s*tagName eq '((?:[^']|'')+)'(?:\s+and\s+tagValue eq '((?:[^']|'')*)')?\s*$/i.exec(filter);
  const [name, value] = [match?.[1], match?.[2]].map((literal) => literal?.replaceAll("''", "'"));
  if (name !== undefined) return { name, ...(value !== undefined && { value }) };
  const detail = "supported are tagName eq 'name' and tagName eq 'name' and tagValue eq 'value'.";
  throw armError('InvalidQueryParameter', { name: '$filter', detail }, { target: '$filter' });
};
