import type { Uuid } from '@holdfast/kernel';
import type { Places, ResourcePlace } from '@holdfast/provider-authorization';
import type { Handle } from '../handle.ts';
import { createContainers } from './container-store.ts';

/** Where grants can hold: in what machines live in, and on machines. Nothing lives within a machine yet. */
export const createPlaces = (db: Handle): Places => ({
  ...createContainers(db),
  hasResource: async (tenantId, resource, options) =>
    isMachine(resource) && hasMachine(db, { tenantId, resource, lock: options?.lock === true }),
});

const isMachine = ({ namespace, types: [type, inner] }: ResourcePlace): boolean =>
  namespace.toLowerCase() === 'microsoft.hybridcompute' && type?.toLowerCase() === 'machines' && inner === undefined;

/** The lock keeps the machine from going and lets everything else about it change, as a foreign key's does. */
const hasMachine = async (
  db: Handle,
  { tenantId, resource, lock }: { tenantId: Uuid; resource: ResourcePlace; lock: boolean },
): Promise<boolean> => {
  const { groupId, names } = resource;
  const row = await db
    .selectFrom('machine')
    .select('machine.machine_id')
    .where('machine.tenant_id', '=', tenantId)
    .where('machine.subscription_id', '=', groupId.subscriptionId)
    .where('machine.group_key', '=', groupId.group.key)
    .where('machine.name_key', '=', names[0]?.key ?? '')
    .$if(lock, (query) => query.forKeyShare())
    .executeTakeFirst();
  return row !== undefined;
};
