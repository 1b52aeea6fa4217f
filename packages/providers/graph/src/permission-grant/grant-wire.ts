import type { Condition, Consent, ServicePrincipal, ServicePrincipalField } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { Entity } from '../answers/entity-answer.ts';
import { findOwnApi, ownApiPrincipal } from '../service-principal/first-party.ts';
import type { GraphStores } from '../stores.ts';

/** Consents as Graph shows them: programs and resources by their service principals. Each is looked up once. */
export const createGrantWriter = ({ servicePrincipals }: GraphStores, tenantId: Uuid) => {
  const found = new Map<string, Promise<ServicePrincipal | undefined>>();
  const find = async (condition: Condition<ServicePrincipalField>): Promise<ServicePrincipal | undefined> => {
    const { items } = await servicePrincipals.list(tenantId, { where: [condition], top: 1, after: undefined });
    return items[0];
  };
  const principalOf = (field: ServicePrincipalField, value: string): Promise<ServicePrincipal | undefined> => {
    const ownApi = findOwnApi(value);
    if (ownApi !== undefined) return Promise.resolve(ownApiPrincipal(ownApi, tenantId));
    const known = found.get(`${field} ${value}`) ?? find({ field, operator: 'equals', value });
    found.set(`${field} ${value}`, known);
    return known;
  };
  return async (consent: Consent): Promise<Entity> => {
    const client = await principalOf('appId', consent.appId);
    const resource = await principalOf('servicePrincipalName', consent.resource);
    return {
      id: consent.id,
      clientId: client?.id ?? consent.appId,
      consentType: consent.userId === undefined ? 'AllPrincipals' : 'Principal',
      principalId: consent.userId ?? null,
      resourceId: resource?.id ?? consent.resource,
      scope: consent.scopes.join(' '),
    };
  };
};
