import { armError, nextLink, parsePage } from '@holdfast/arm';
import type { ScopedHandler, scopedRoleOperations } from '@holdfast/contracts';
import { parseUuid, type Uuid, unwrap } from '@holdfast/kernel';
import { literal, parseFilter } from '../filter-terms.ts';
import { placeOf } from '../place/place.ts';
import { type Places, requirePlace } from '../place/places.ts';
import type { RoleAssignmentQuery, RoleAssignmentStore } from './role-assignment.ts';
import { roleAssignmentToWire } from './role-assignment-wire.ts';

/** The most grants on one page. */
const pageSize = 1000;

/** The grants that hold at the scope: those at it and above it, and unless it is `atScope()` those below it. */
export const listRoleAssignments =
  ({
    places,
    assignments,
  }: {
    places: Places;
    assignments: RoleAssignmentStore;
  }): ScopedHandler<typeof scopedRoleOperations.RoleAssignments_List> =>
  async ({ context, parameters, query }) => {
    const { tenantId } = context.caller;
    const place = placeOf(parameters);
    await requirePlace(places, tenantId, place);
    const page = unwrap(parsePage(query, { depth: 1, most: pageSize }));
    const found = await assignments.list({
      tenantId,
      scope: place.scope,
      ...filterOf(query.get('$filter')),
      within: context.visibility === 'everything' ? undefined : context.visibility,
      after: page.after === undefined ? undefined : idFrom(page.after[0] ?? '', '$skipToken'),
      limit: page.size + 1,
    });
    const shown = found.slice(0, page.size);
    const last = found.length > page.size ? shown.at(-1) : undefined;
    const path = `${place.text === '/' ? '' : encodeURI(place.text)}/providers/Microsoft.Authorization/roleAssignments`;
    const more = last === undefined ? {} : { nextLink: nextLink({ origin: context.origin, path, query }, [last.id]) };
    return { status: 200, body: { value: shown.map((each) => roleAssignmentToWire(each, place)), ...more } };
  };

const terms = {
  atScope: { pattern: /^atScope\(\)/i, form: 'atScope()' },
  principalId: { pattern: new RegExp(`^principalId\\s+eq\\s+${literal}`, 'i'), form: "principalId eq 'id'" },
  assignedTo: { pattern: new RegExp(`^assignedTo\\(\\s*${literal}\\s*\\)`, 'i'), form: "assignedTo('id')" },
};

const filterOf = (filter: string | undefined): Pick<RoleAssignmentQuery, 'below' | 'holder'> => {
  const wanted = unwrap(parseFilter(filter, terms));
  const [principal, assignee] = [wanted.get('principalId'), wanted.get('assignedTo')];
  if (principal !== undefined && assignee !== undefined)
    throw invalid('$filter', 'principalId and assignedTo exclude each other.');
  const holder = principal ?? assignee;
  return {
    below: !wanted.has('atScope'),
    ...(holder !== undefined && {
      holder: { principalId: idFrom(holder, '$filter'), throughGroups: assignee !== undefined },
    }),
  };
};

const idFrom = (text: string, name: string): Uuid => {
  const id = parseUuid(text);
  if (id.ok) return id.value;
  throw invalid(name, `${id.error}.`);
};

const invalid = (name: string, detail: string) => armError('InvalidQueryParameter', { name, detail }, { target: name });
