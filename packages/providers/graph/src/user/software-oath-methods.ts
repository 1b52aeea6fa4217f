import type { Answer, DirectoryContext } from '@holdfast/contracts';
import type { User } from '@holdfast/directory';
import { guardPrincipal } from '../access/directory-guard.ts';
import { done } from '../answers/entity-answer.ts';
import { listAnswer } from '../answers/list-answer.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphStores } from '../stores.ts';
import { requireUser } from './require-user.ts';

/** A person has one authenticator at most, so it is known by the person's own id. Its secret is never shown. */
const methodsOf = ({ id, totp }: User) =>
  totp === undefined
    ? []
    : [{ '@odata.type': '#microsoft.graph.softwareOathAuthenticationMethod', id, secretKey: null }];

const answer = (context: DirectoryContext, user: User): Answer =>
  listAnswer(context, {
    set: `users('${user.id}')/authentication/softwareOathMethods`,
    items: methodsOf(user),
    select: undefined,
  });

export const listSoftwareOathMethods =
  (stores: GraphStores): GraphHandler<'Users_ListSoftwareOathMethods'> =>
  async ({ context, parameters }) =>
    answer(context, await requireUser(stores, { tenantId: context.caller.tenantId, key: parameters.id }));

export const listMySoftwareOathMethods =
  (stores: GraphStores): GraphHandler<'Me_ListSoftwareOathMethods'> =>
  async ({ context: { caller }, context }) =>
    answer(context, await requireUser(stores, { tenantId: caller.tenantId, key: caller.objectId }));

/** For somebody who lost theirs: the next sign-in that asks for a second factor lets them register another. */
export const deleteSoftwareOathMethod =
  (stores: GraphStores): GraphHandler<'Users_DeleteSoftwareOathMethod'> =>
  async ({ context, parameters }) => {
    const { tenantId } = context.caller;
    const user = await requireUser(stores, { tenantId, key: parameters.id, lock: true });
    await guardPrincipal(stores, context, user.id);
    if (user.totp === undefined || parameters.methodId.toLowerCase() !== user.id) throw notFound(parameters.methodId);
    await stores.users.update({ ...user, totp: undefined });
    return done;
  };
