import type { Answer, DirectoryContext } from '@holdfast/contracts';
import type { MembershipStore } from '@holdfast/directory';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import { valueAnswer } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { parseListQuery } from '../query/list-query.ts';
import { groupAsObject } from './group-wire.ts';

interface Memberships {
  readonly memberships: MembershipStore;
}

export interface MemberOfQuestion {
  readonly context: DirectoryContext;
  readonly query: ReadonlyMap<string, string>;
  readonly memberId: Uuid;
}

/** The groups that something is a member of. */
export const listMemberOf = async (
  { memberships }: Memberships,
  { context, query, memberId }: MemberOfQuestion,
  options: { readonly transitive: boolean },
): Promise<Answer> => {
  const { select } = parseListQuery(query);
  const groups = await memberships.listGroupsOf(context.caller.tenantId, memberId, options);
  return listAnswer(context, { set: 'directoryObjects', items: groups.map(groupAsObject), select });
};

/** The ids of all groups that it is in, directly or through others. */
export const getMemberGroups = async (
  { memberships }: Memberships,
  context: DirectoryContext,
  memberId: Uuid,
): Promise<Answer> => {
  const groups = await memberships.listGroupsOf(context.caller.tenantId, memberId, { transitive: true });
  return valueAnswer(
    context,
    'Collection(Edm.String)',
    groups.map(({ id }) => id),
  );
};

/** Those of the given groups that it is in. */
export const checkMemberGroups = async (
  { memberships }: Memberships,
  context: DirectoryContext,
  { memberId, groupIds }: { readonly memberId: Uuid; readonly groupIds: readonly string[] },
): Promise<Answer> => {
  const asked = groupIds.flatMap((text) => {
    const id = parseUuid(text);
    return id.ok ? [id.value] : [];
  });
  const groups = await memberships.listGroupsOf(context.caller.tenantId, memberId, { transitive: true });
  const within = groups.map(({ id }) => id).filter((id) => asked.includes(id));
  return valueAnswer(context, 'Collection(Edm.String)', within);
};
