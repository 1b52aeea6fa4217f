import type { DirectoryObjectKind } from '@holdfast/directory';
import type { Principals, PrincipalType } from '@holdfast/provider-authorization';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import { listObjects } from './directory-objects.ts';

/** The directory's objects as holders of grants. */
export const createPrincipals = (db: Handle): Principals => ({
  find: async (tenantId, id) => {
    const [object] = await listObjects(db, tenantId, sql`select ${id}::uuid`);
    return object && { kind: kinds[object.kind] };
  },
});

const kinds: Record<DirectoryObjectKind, PrincipalType> = {
  user: 'User',
  group: 'Group',
  servicePrincipal: 'ServicePrincipal',
};
