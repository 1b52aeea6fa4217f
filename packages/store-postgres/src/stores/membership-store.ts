import type { DirectoryObject, Group, Membership, MembershipStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { listObjects } from './directory-objects.ts';
import { groupOf, selectGroups } from './group-store.ts';

export const createMembershipStore = (db: Handle): MembershipStore => ({
  add: (membership) => add(db, membership),
  remove: (membership) => remove(db, membership),
  listMembers: (tenantId, groupId, { transitive }) => listMembers(db, { tenantId, groupId, transitive }),
  listGroupsOf: (tenantId, memberId, { transitive }) => listGroupsOf(db, { tenantId, memberId, transitive }),
});

/** A group of another tenant is none: the foreign key names both. */
const add = async (db: Handle, { tenantId, groupId, memberId }: Membership): Promise<boolean> => {
  const inserted = await db
    .insertInto('group_member')
    .values({ tenant_id: tenantId, group_id: groupId, member_id: memberId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('group_member.member_id')
    .executeTakeFirst();
  return inserted !== undefined;
};

const remove = async (db: Handle, { tenantId, groupId, memberId }: Membership): Promise<boolean> => {
  const deleted = await db
    .deleteFrom('group_member')
    .where('group_member.tenant_id', '=', tenantId)
    .where('group_member.group_id', '=', groupId)
    .where('group_member.member_id', '=', memberId)
    .returning('group_member.member_id')
    .executeTakeFirst();
  return deleted !== undefined;
};

const listMembers = (
  db: Handle,
  asked: { tenantId: Uuid; groupId: Uuid; transitive: boolean },
): Promise<readonly DirectoryObject[]> => listObjects(db, asked.tenantId, memberIds(asked));

const listGroupsOf = async (
  db: Handle,
  asked: { tenantId: Uuid; memberId: Uuid; transitive: boolean },
): Promise<readonly Group[]> => {
  const ids = asked.transitive ? groupIdsOf(asked.tenantId, asked.memberId) : directGroupIdsOf(asked);
  const rows = await selectGroups(db)
    .where('directory_group.tenant_id', '=', asked.tenantId)
    .where(sql<boolean>`directory_group.group_id in (${ids})`)
    .orderBy('directory_group.created_at')
    .orderBy('directory_group.group_id')
    .execute();
  return rows.map(groupOf);
};

const directGroupIdsOf = ({ tenantId, memberId }: { tenantId: Uuid; memberId: Uuid }): RawBuilder<unknown> => sql`
  select member.group_id
  from group_member as member
  where member.tenant_id = ${tenantId}::uuid and member.member_id = ${memberId}::uuid`;

/**
 * A query for the ids of all groups that hold a member, by however many others. `union` drops what was found before,
 * which ends a circle; a group is never said to hold itself.
 */
export const groupIdsOf = (tenantId: Uuid, memberId: Uuid): RawBuilder<unknown> => sql`
  with recursive holder (group_id) as (
    ${directGroupIdsOf({ tenantId, memberId })}
    union
    select outer_member.group_id
    from group_member as outer_member
    join holder on holder.group_id = outer_member.member_id
    where outer_member.tenant_id = ${tenantId}::uuid
  )
  select holder.group_id from holder where holder.group_id <> ${memberId}::uuid`;

const memberIds = (asked: { tenantId: Uuid; groupId: Uuid; transitive: boolean }): RawBuilder<unknown> => {
  const direct = sql`
    select member.member_id
    from group_member as member
    where member.tenant_id = ${asked.tenantId}::uuid and member.group_id = ${asked.groupId}::uuid`;
  if (!asked.transitive) return direct;
  return sql`
    with recursive held (member_id) as (
      ${direct}
      union
      select inner_member.member_id
      from group_member as inner_member
      join held on held.member_id = inner_member.group_id
      where inner_member.tenant_id = ${asked.tenantId}::uuid
    )
    select held.member_id from held where held.member_id <> ${asked.groupId}::uuid`;
};
