import type { Application, ApplicationStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { notFound } from '../directory-object/require-object.ts';
import { parseObjectKey } from './application-key.ts';

interface Applications {
  readonly applications: ApplicationStore;
}

export const findApplicationByAppId = async (
  { applications }: Applications,
  tenantId: Uuid,
  appId: Uuid,
): Promise<Application | undefined> => {
  const where = [{ field: 'appId', operator: 'equals', value: appId }] as const;
  const { items } = await applications.list(tenantId, { where, top: 1, after: undefined });
  return items[0];
};

export interface ApplicationQuestion {
  readonly tenantId: Uuid;
  readonly key: string;
  readonly lock?: boolean;
}

/** The application, or the error that says that there is none. `lock` keeps others from changing it meanwhile. */
export const requireApplication = async (
  stores: Applications,
  { tenantId, key, lock = false }: ApplicationQuestion,
): Promise<Application> => {
  const wanted = parseObjectKey(key);
  if (wanted === undefined) throw notFound(key);
  const id = wanted.by === 'id' ? wanted.id : (await findApplicationByAppId(stores, tenantId, wanted.id))?.id;
  const application = id && (await stores.applications.find(tenantId, id, { lock }));
  if (application === undefined) throw notFound(key);
  return application;
};
