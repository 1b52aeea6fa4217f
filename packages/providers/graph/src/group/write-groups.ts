import { armError } from '@holdfast/arm';
import type { Group } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';
import { groupToWire } from './group-wire.ts';
import { requireGuardedGroup } from './require-group.ts';

/** Creates a security group; whoever does so owns it. */
export const createGroup =
  (dependencies: GraphDependencies): GraphHandler<'Groups_Create'> =>
  async ({ context, body }) => {
    checkKind(body);
    const { tenantId, objectId: ownerId } = context.caller;
    const group: Group = {
      id: newUuid(dependencies.random),
      tenantId,
      displayName: body.displayName,
      description: body.description ?? undefined,
      mailNickname: body.mailNickname,
      createdAt: context.now,
    };
    await dependencies.groups.insert(group);
    await dependencies.owners.add({ tenantId, objectId: group.id, ownerId });
    return entityAnswer(context, { set: 'groups', entity: groupToWire(group), status: 201 });
  };

export const updateGroup =
  (stores: GraphStores): GraphHandler<'Groups_Update'> =>
  async ({ context, parameters, body }) => {
    checkKind(body);
    const group = await requireGuardedGroup(stores, context, parameters.id);
    await stores.groups.update({
      ...group,
      displayName: body.displayName ?? group.displayName,
      mailNickname: body.mailNickname ?? group.mailNickname,
      description: body.description === undefined ? group.description : (body.description ?? undefined),
    });
    return done;
  };

export const deleteGroup =
  (stores: GraphStores): GraphHandler<'Groups_Delete'> =>
  async ({ context, parameters }) => {
    const { id } = await requireGuardedGroup(stores, context, parameters.id);
    await stores.groups.delete(context.caller.tenantId, id);
    return done;
  };

interface Kind {
  readonly mailEnabled?: boolean;
  readonly securityEnabled?: boolean;
  readonly groupTypes?: readonly string[];
}

/** There is no mail here, so there are groups of one kind only. */
const checkKind = ({ mailEnabled = false, securityEnabled = true, groupTypes = [] }: Kind): void => {
  if (!mailEnabled && securityEnabled && groupTypes.length === 0) return;
  throw armError('DirectoryBadRequest', {
    detail: 'Only security groups are supported: mailEnabled false, securityEnabled true, no groupTypes.',
  });
};
