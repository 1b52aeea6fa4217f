import { armError } from '@holdfast/arm';
import type { Operation, Principal } from '@holdfast/contracts';
import { directoryRights } from '../directory/directory-rights.ts';
import type { Exchange } from '../exchange.ts';
import type { DirectoryAccess } from '../ports.ts';

const ofOneself = 'microsoft.directory/me/';

/** The operation's action must be granted in the caller's tenant, or be the owner's to do. */
export const authorizeDirectory =
  (access: DirectoryAccess) =>
  async (exchange: Exchange): Promise<void> => {
    const caller = exchange.caller as Principal;
    const { action = '', ownedBy } = exchange.operation as Operation;
    if (action.startsWith(ofOneself) && caller.kind !== 'User')
      throw armError('DirectoryBadRequest', { detail: '/me is only there for people: a program has no such thing.' });
    const rights = directoryRights(caller, await access.rolesOf(caller));
    exchange.may = rights.may;
    if (rights.may(action)) return;
    if (ownedBy !== undefined && rights.mayAsOwner(action)) {
      const { tenantId, objectId: principalId } = caller;
      const key = exchange.request.parameters['id'] ?? '';
      if (await access.isOwner({ tenantId, principalId, kind: ownedBy, key })) return;
    }
    throw armError('DirectoryDenied', {});
  };
