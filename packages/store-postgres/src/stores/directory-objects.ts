import type { DirectoryObject, DirectoryObjectKind } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from '../handle.ts';

interface ObjectRow {
  kind: DirectoryObjectKind;
  object_id: Uuid;
  display_name: string;
  user_principal_name: string | null;
  app_id: Uuid | null;
  mail: string | null;
}

/** The users, groups and service principals of a tenant among `ids`, a query of one column, in the order of creation. */
export const listObjects = async (
  db: Handle,
  tenantId: Uuid,
  ids: RawBuilder<unknown>,
): Promise<readonly DirectoryObject[]> => {
  const found = await sql<ObjectRow>`
    with wanted (object_id) as (${ids})
    select object.*
    from (
      select
        'user' as kind, directory_user.user_id as object_id, directory_user.display_name,
        directory_user.user_principal_name, null::uuid as app_id, directory_user.profile ->> 'mail' as mail,
        directory_user.created_at
      from wanted
      join directory_user
        on directory_user.tenant_id = ${tenantId}::uuid and directory_user.user_id = wanted.object_id
      union all
      select
        'group', directory_group.group_id, directory_group.display_name, null, null, null, directory_group.created_at
      from wanted
      join directory_group
        on directory_group.tenant_id = ${tenantId}::uuid and directory_group.group_id = wanted.object_id
      union all
      select
        'servicePrincipal', principal.principal_id, principal.display_name, null, principal.app_id, null,
        principal.created_at
      from wanted
      join service_principal as principal
        on principal.tenant_id = ${tenantId}::uuid and principal.principal_id = wanted.object_id
    ) as object
    order by object.created_at, object.object_id`.execute(db);
  return found.rows.map(objectOf);
};

const objectOf = (row: ObjectRow): DirectoryObject => ({
  kind: row.kind,
  id: row.object_id,
  displayName: row.display_name,
  ...(row.user_principal_name !== null && { userPrincipalName: row.user_principal_name }),
  ...(row.app_id !== null && { appId: row.app_id }),
  ...(row.mail !== null && { mail: row.mail }),
});
