import type { DirectoryObjectReader } from '@holdfast/provider-graph';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { listObjects } from './directory-objects.ts';

/** Users, groups and service principals by their ids, whatever they are. */
export const createDirectoryObjectReader = (db: Handle): DirectoryObjectReader => ({
  findAll: async (tenantId, ids) => {
    const found = await listObjects(db, tenantId, sql`select unnest(${[...new Set(ids)]}::uuid[])`);
    const byId = new Map(found.map((object) => [object.id, object]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  },
});
