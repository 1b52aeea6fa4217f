import type { Machine, MachineQuery, VisibleMachines } from '@holdfast/provider-hybrid-compute';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { MachineRow } from '../rows.ts';
import { machineOf, selectMachines } from './machine-row.ts';

/** One statement: the page by the index on names, then what belongs to its machines. */
export const listMachines = async (db: Handle, query: MachineQuery): Promise<readonly Machine[]> => {
  const rows = await selectMachines(db, pageOf(query))
    .orderBy('machine.group_key')
    .orderBy('machine.name_key')
    .execute();
  return rows.map(machineOf);
};

type Page = RawBuilder<Selectable<MachineRow>>;

/**
 * With `visible`, the page is looked up from what may be seen: somebody who sees one machine of a hundred thousand does
 * not cost a walk over all of them.
 */
const pageOf = (query: MachineQuery): Page => {
  const { visible, limit } = query;
  if (visible === undefined) return slice(query, sql`true`);
  return sql`(
    select machine.*
    from machine
    where machine.machine_id in (
      select seen.machine_id
      from (${slice(query, inGroups(visible))} union all ${slice(query, isNamed(visible))}) as seen
    )
    order by machine.group_key, machine.name_key
    limit ${limit}
  )`;
};

const slice = (query: MachineQuery, condition: RawBuilder<unknown>): Page => {
  const { groupKey, after } = query;
  const inGroup = groupKey === undefined ? sql`` : sql`and machine.group_key = ${groupKey}`;
  const onward =
    after === undefined
      ? sql``
      : sql`and (machine.group_key, machine.name_key) > (${after.groupKey}, ${after.nameKey})`;
  return sql`(
    select machine.*
    from machine
    where machine.tenant_id = ${query.tenantId}
      and machine.subscription_id = ${query.subscriptionId}
      ${inGroup} ${onward}
      and ${condition}
    order by machine.group_key, machine.name_key
    limit ${query.limit}
  )`;
};

const inGroups = ({ groupKeys }: VisibleMachines) => sql`machine.group_key = any(${groupKeys}::text[])`;

const isNamed = ({ machines }: VisibleMachines) => sql`(machine.group_key, machine.name_key) in (
  select named.group_key, named.name_key
  from unnest(
    ${machines.map((each) => each.groupKey)}::text[],
    ${machines.map((each) => each.nameKey)}::text[]
  ) as named (group_key, name_key)
)`;
