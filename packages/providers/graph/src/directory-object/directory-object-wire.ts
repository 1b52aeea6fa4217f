import type { DirectoryObject } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** Enough of an object to know it by: what lists of members, owners and the like hold. */
export const directoryObjectToWire = (object: DirectoryObject): Entity => ({
  '@odata.type': `#microsoft.graph.${object.kind}`,
  id: object.id,
  displayName: object.displayName,
  ...(object.kind === 'user' && {
    userPrincipalName: object.userPrincipalName ?? null,
    mail: object.mail ?? null,
  }),
  ...(object.kind === 'group' && { mailEnabled: false, securityEnabled: true }),
  ...(object.kind === 'servicePrincipal' && {
    appId: object.appId ?? null,
    // az calls a service principal by the first.
    servicePrincipalNames: object.appId === undefined ? [] : [object.appId],
  }),
});
