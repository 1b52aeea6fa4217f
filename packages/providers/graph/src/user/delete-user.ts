import { guardPrincipal } from '../access/directory-guard.ts';
import { keepOneAdministrator } from '../access/keep-one-administrator.ts';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from './require-user.ts';

export const deleteUser =
  (stores: GraphStores): GraphHandler<'Users_Delete'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const { id } = await requireUser(stores, { tenantId, key: parameters.id, lock: true });
    await guardPrincipal(stores, context, id);
    await keepOneAdministrator(stores, context, id);
    await stores.users.delete(tenantId, id);
    return done;
  };
