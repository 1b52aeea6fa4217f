import type { Answer, DirectoryContext } from '@holdfast/contracts';
import type { User } from '@holdfast/directory';
import { guardPrincipal } from '../access/directory-guard.ts';
import { valueAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from './require-user.ts';

/** Ends everything that a person is signed in to. */
export const revokeUserSessions =
  (stores: GraphStores): GraphHandler<'Users_RevokeSignInSessions'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const user = await requireUser(stores, { tenantId, key: parameters.id, lock: true });
    await guardPrincipal(stores, context, user.id);
    return revoke(stores, context, user);
  };

export const revokeMySessions =
  (stores: GraphStores): GraphHandler<'Me_RevokeSignInSessions'> =>
  async ({ context }) => {
    const { tenantId, objectId } = context.caller;
    return revoke(stores, context, await requireUser(stores, { tenantId, key: objectId, lock: true }));
  };

const revoke = async ({ users }: GraphStores, context: DirectoryContext, user: User): Promise<Answer> => {
  await users.update({ ...user, tokensValidFrom: context.now });
  return valueAnswer(context, 'Edm.Boolean', true);
};
