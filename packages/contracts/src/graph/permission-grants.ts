import { Type } from 'typebox';
import { operation } from '../operation.ts';
import { known, moment, nullable } from './fields.ts';
import { creates, deletes, reads, updates } from './operations.ts';

const all = '/v1.0/oauth2PermissionGrants';
const one = `${all}/{id}` as const;
const scope = Type.String({ maxLength: 3850 });

/** `clientId` and `resourceId` are object ids of service principals. */
export const permissionGrantBody = known({
  clientId: Type.String({ format: 'uuid' }),
  consentType: nullable({ maxLength: 32 }),
  principalId: nullable({ maxLength: 64 }),
  resourceId: Type.String({ format: 'uuid' }),
  scope,
  // Old clients send them; they never meant anything.
  startTime: moment,
  expiryTime: moment,
});

export const permissionGrantOperations = {
  PermissionGrants_List: operation({
    id: 'PermissionGrants_List',
    ...reads,
    path: all,
    action: 'microsoft.directory/oAuth2PermissionGrants/read',
  }),
  PermissionGrants_Create: operation({
    id: 'PermissionGrants_Create',
    ...creates,
    path: all,
    action: 'microsoft.directory/oAuth2PermissionGrants/create',
    body: permissionGrantBody,
  }),
  PermissionGrants_Get: operation({
    id: 'PermissionGrants_Get',
    ...reads,
    path: one,
    action: 'microsoft.directory/oAuth2PermissionGrants/read',
  }),
  PermissionGrants_Update: operation({
    id: 'PermissionGrants_Update',
    ...updates,
    path: one,
    action: 'microsoft.directory/oAuth2PermissionGrants/update',
    body: known({ scope }),
  }),
  PermissionGrants_Delete: operation({
    id: 'PermissionGrants_Delete',
    ...deletes,
    path: one,
    action: 'microsoft.directory/oAuth2PermissionGrants/delete',
  }),
} as const;
