import { directoryRoles, type User } from '@holdfast/directory';
import type { RequestingApp } from '../clients/requesting-app.ts';
import { type ConsentDecision, decideConsent } from '../consent/decide-consent.ts';
import type { RequestedScopes } from '../dialect/requested-scopes.ts';
import { oauthError } from '../oauth-error.ts';
import type { PersonServices } from './person-services.ts';

export interface ConsentRequest {
  readonly user: User;
  readonly app: RequestingApp;
  readonly requested: RequestedScopes;
}

type Services = Pick<PersonServices, 'consents' | 'roles' | 'directory'>;

/** Whether the program may have what it asks for in the person's name. */
export const consentOf = async (
  { user, app, requested }: ConsentRequest,
  { consents, roles, directory }: Services,
): Promise<ConsentDecision> => {
  const { tenantId, id: userId } = user;
  if (app.registration === undefined)
    return decideConsent({ requested, firstParty: true, consents: [], usersMayConsent: true, isAdministrator: false });
  const [known, held, tenant] = await Promise.all([
    consents.listOf(tenantId, { appId: app.appId, userId }),
    roles.listOfPrincipal(tenantId, userId),
    directory.findTenant(tenantId),
  ]);
  return decideConsent({
    requested,
    firstParty: false,
    consents: known,
    usersMayConsent: tenant?.policy.usersMayConsent === true,
    isAdministrator: held.includes(directoryRoles.globalAdministrator),
  });
};

/** The scopes of a request that nobody can be asked about now. Throws `consentRequired`. */
export const consentedScopes = async (request: ConsentRequest, services: Services): Promise<readonly string[]> => {
  const decision = await consentOf(request, services);
  if (decision.kind === 'granted') return decision.scopes;
  if (decision.kind === 'unknownPermission')
    throw oauthError('invalidScope', { reason: `The resource has no permission '${decision.name}'.` });
  const { app, requested } = request;
  throw oauthError('consentRequired', { client: app.displayName, resource: requested.resource.audience });
};
