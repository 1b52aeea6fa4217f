import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { known } from './fields.ts';
import { checkMemberGroupsBody, getMemberGroupsBody } from './member-groups.ts';
import { asks, reads } from './operations.ts';

const all = '/v1.0/directoryObjects';
const one = `${all}/{id}` as const;
/** Everybody's to ask; the answers hold the kinds that the caller may read. */
const read = 'microsoft.directory/directoryObjects/read';

export const getByIdsBody = known({
  ids: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 1000 }),
  types: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 })),
});

export const directoryObjectOperations = {
  DirectoryObjects_Get: operation({ id: 'DirectoryObjects_Get', ...reads, path: one, action: read }),
  DirectoryObjects_GetByIds: operation({
    id: 'DirectoryObjects_GetByIds',
    ...asks,
    path: `${all}/getByIds`,
    action: read,
    body: getByIdsBody,
  }),
  DirectoryObjects_GetMemberGroups: operation({
    id: 'DirectoryObjects_GetMemberGroups',
    ...asks,
    path: `${one}/getMemberGroups`,
    action: read,
    body: getMemberGroupsBody,
  }),
  DirectoryObjects_CheckMemberGroups: operation({
    id: 'DirectoryObjects_CheckMemberGroups',
    ...asks,
    path: `${one}/checkMemberGroups`,
    action: read,
    body: checkMemberGroupsBody,
  }),
} as const;
