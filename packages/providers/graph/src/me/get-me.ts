import { entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import { selectOf } from '../query/list-query.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from '../user/require-user.ts';
import { userToWire } from '../user/user-wire.ts';

export const getMe =
  (stores: GraphStores): GraphHandler<'Me_Get'> =>
  async ({ context, query }) => {
    const { tenantId, objectId } = context.caller;
    const user = await requireUser(stores, { tenantId, key: objectId });
    return entityAnswer(context, { set: 'users', entity: userToWire(user), select: selectOf(query) });
  };
