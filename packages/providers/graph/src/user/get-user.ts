import { entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from './require-user.ts';
import { userToWire } from './user-wire.ts';

export const getUser =
  (stores: GraphStores): GraphHandler<'Users_Get'> =>
  async ({ context, parameters, query }) => {
    const user = await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id });
    return entityAnswer(context, { set: 'users', entity: userToWire(user), select: selectOf(query) });
  };
