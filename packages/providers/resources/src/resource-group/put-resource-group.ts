import { armError, etagOf, failedCondition, type GroupId, type Location, locationOf, parseTags } from '@holdfast/arm';
import type { BodyOf, Handler, OperationRequest, resourceGroupOperations } from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import type { Cloud } from '../cloud.ts';
import { requireWritableSubscription } from '../subscription/get-subscription.ts';
import type { GroupStores } from './get-resource-group.ts';
import type { ResourceGroup } from './resource-group.ts';
import { groupIdOf, resourceGroupToWire } from './resource-group-wire.ts';

type Put = typeof resourceGroupOperations.ResourceGroups_CreateOrUpdate;

/** Creates the group or replaces its tags; its location never changes. */
export const putResourceGroup =
  (dependencies: GroupStores & { cloud: Cloud }): Handler<Put> =>
  async (request) => {
    const { tenantId } = request.context.caller;
    const id = groupIdOf(request.parameters);
    await requireWritableSubscription(dependencies.subscriptions, tenantId, id.subscriptionId);
    const wanted = wantedGroup(request, id, locationFrom(request.body, dependencies.cloud));
    const existing = await dependencies.groups.find(tenantId, id, { lock: true });
    checkConditions(request, existing);
    if (existing === undefined && (await dependencies.groups.insert(wanted))) return answer(201, wanted);
    return answer(200, await replace(dependencies, wanted));
  };

const answer = (status: number, group: ResourceGroup) => ({
  status,
  body: resourceGroupToWire(group),
  etag: etagOf(group.version),
});

const locationFrom = (body: BodyOf<Put>, { locations }: Cloud): Location => {
  if (body.location === undefined || body.location === '')
    throw armError('LocationRequired', {}, { target: 'location' });
  const location = locationOf(body.location);
  if (locations.some(({ name }) => name === location)) return location;
  const supported = locations.map(({ name }) => name).join(',');
  throw armError('LocationNotAvailableForResourceGroup', { location: body.location, supported });
};

const wantedGroup = ({ context, body }: OperationRequest<Put>, id: GroupId, location: Location): ResourceGroup => ({
  tenantId: context.caller.tenantId,
  id,
  location,
  tags: unwrap(parseTags(body.tags ?? {})),
  managedBy: body.managedBy,
  createdAt: context.now,
  changedAt: context.now,
  version: 1,
});

const checkConditions = ({ context }: OperationRequest<Put>, existing: ResourceGroup | undefined): void => {
  const failure = failedCondition(context.conditions, existing && etagOf(existing.version));
  if (failure !== undefined) throw failure;
};

/** Also the way of the loser of two simultaneous creations: both answer with the one group. */
const replace = async ({ groups }: GroupStores, wanted: ResourceGroup): Promise<ResourceGroup> => {
  const existing = await groups.find(wanted.tenantId, wanted.id, { lock: true });
  if (existing === undefined) throw armError('ResourceGroupNotFound', { name: wanted.id.group.text });
  const { location } = wanted;
  if (existing.location !== location)
    throw armError('InvalidResourceGroupLocation', { location, existing: existing.location });
  const { tags, managedBy, changedAt } = wanted;
  await groups.update({ ...existing, tags, managedBy, changedAt });
  return { ...existing, tags, managedBy, changedAt, version: existing.version + 1 };
};
