import type { Application, ServicePrincipal } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { parseObjectKey } from '../application/application-key.ts';
import { notFound } from '../directory-object/require-object.ts';
import type { GraphStores } from '../stores.ts';

type Principals = Pick<GraphStores, 'servicePrincipals'>;

export const findServicePrincipalByAppId = async (
  { servicePrincipals }: Principals,
  tenantId: Uuid,
  appId: Uuid,
): Promise<ServicePrincipal | undefined> => {
  const where = [{ field: 'appId', operator: 'equals', value: appId }] as const;
  const { items } = await servicePrincipals.list(tenantId, { where, top: 1, after: undefined });
  return items[0];
};

export interface ServicePrincipalQuestion {
  readonly tenantId: Uuid;
  readonly key: string;
  readonly lock?: boolean;
}

/** The service principal, or the error that says that there is none. `lock` keeps others from changing it meanwhile. */
export const requireServicePrincipal = async (
  stores: Principals,
  { tenantId, key, lock = false }: ServicePrincipalQuestion,
): Promise<ServicePrincipal> => {
  const wanted = parseObjectKey(key);
  if (wanted === undefined) throw notFound(key);
  const id = wanted.by === 'id' ? wanted.id : (await findServicePrincipalByAppId(stores, tenantId, wanted.id))?.id;
  const principal = id && (await stores.servicePrincipals.find(tenantId, id, { lock }));
  if (principal === undefined) throw notFound(key);
  return principal;
};

/** The registration behind a service principal, which has its credentials; a machine's identity has none. */
export const findApplicationOf = async (
  { applications }: Pick<GraphStores, 'applications'>,
  { tenantId, applicationId }: ServicePrincipal,
  options: { readonly lock: boolean } = { lock: false },
): Promise<Application | undefined> =>
  applicationId === undefined ? undefined : applications.find(tenantId, applicationId, options);
