import { nextLink, parsePage, parseSubscriptionId, type SubscriptionId } from '@holdfast/arm';
import type {
  Answer,
  Handler,
  machineOperations,
  Operation,
  OperationRequest,
  Principal,
  RequestContext,
  Visibility,
} from '@holdfast/contracts';
import { unwrap } from '@holdfast/kernel';
import { groupIdOf, type MachineStores, requireGroup, requireSubscription } from './machine-id.ts';
import type { StatusPolicy } from './machine-status.ts';
import type { VisibleMachines } from './machine-store.ts';
import { machineToWire } from './machine-wire.ts';

/** The most machines on one page. */
const pageSize = 1000;

type Dependencies = MachineStores & { policy: () => StatusPolicy };

export const listMachinesOfSubscription =
  (dependencies: Dependencies): Handler<typeof machineOperations.Machines_ListBySubscription> =>
  async (request) => {
    const subscriptionId = unwrap(parseSubscriptionId(request.parameters.subscriptionId));
    const anyGroup = { subscriptionId, group: { text: '', key: '' } };
    await requireSubscription(dependencies.containers, request.context.caller.tenantId, anyGroup);
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.HybridCompute/machines`;
    return page(dependencies, request, { subscriptionId, path });
  };

export const listMachinesOfGroup =
  (dependencies: Dependencies): Handler<typeof machineOperations.Machines_ListByResourceGroup> =>
  async (request) => {
    const id = groupIdOf(request.parameters);
    const { group } = await requireGroup(dependencies.containers, request.context.caller.tenantId, id);
    const path = `/subscriptions/${id.subscriptionId}/resourceGroups/${group.text}/providers/Microsoft.HybridCompute/machines`;
    return page(dependencies, request, { subscriptionId: id.subscriptionId, groupKey: group.key, path });
  };

interface Collection {
  readonly subscriptionId: SubscriptionId;
  readonly groupKey?: string;
  /** Where the next page is found. */
  readonly path: string;
}

type ListRequest = Pick<OperationRequest<Operation>, 'query'> & { readonly context: RequestContext<Principal> };

const page = async (
  { machines, policy }: Dependencies,
  request: ListRequest,
  collection: Collection,
): Promise<Answer> => {
  const { context, query } = request;
  const { after, size } = unwrap(parsePage(query, { depth: 2, most: pageSize }));
  const [groupKey = '', nameKey = ''] = after ?? [];
  const found = await machines.list({
    tenantId: context.caller.tenantId,
    subscriptionId: collection.subscriptionId,
    groupKey: collection.groupKey,
    visible: visibleMachines(context.visibility),
    after: after && { groupKey, nameKey },
    limit: size + 1,
  });
  const shown = found.slice(0, size);
  const last = found.length > size ? shown.at(-1)?.id : undefined;
  const options = { apiVersion: context.apiVersion, policy: policy(), now: context.now };
  const value = shown.map((machine) => machineToWire(machine, options));
  if (last === undefined) return { status: 200, body: { value } };
  const here = { origin: context.origin, path: collection.path, query };
  return { status: 200, body: { value, nextLink: nextLink(here, [last.group.key, last.name.key]) } };
};

const machineScope =
  /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)(?:\/providers\/microsoft\.hybridcompute\/machines\/([^/]+))?$/;

/** The granted scopes as groups and single machines. */
const visibleMachines = (visibility: Visibility): VisibleMachines | undefined => {
  if (visibility === 'everything') return undefined;
  const named = visibility.flatMap((scope) => {
    const [, groupKey, nameKey] = machineScope.exec(scope) ?? [];
    return groupKey === undefined ? [] : [{ groupKey, nameKey }];
  });
  return {
    groupKeys: named.flatMap(({ groupKey, nameKey }) => (nameKey === undefined ? [groupKey] : [])),
    machines: named.flatMap(({ groupKey, nameKey }) => (nameKey === undefined ? [] : [{ groupKey, nameKey }])),
  };
};
