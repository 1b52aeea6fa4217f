import { armError } from '@holdfast/arm';
import type { PolicyConditionsBody } from '@holdfast/contracts';
import {
  allTrusted,
  findDirectoryRole,
  type PolicyConditions,
  type PresentedKind,
  type Selection,
} from '@holdfast/directory';
import { isUuid } from '@holdfast/kernel';
import type { KnownNames } from './known-names.ts';

const kinds: readonly PresentedKind[] = ['password', 'external', 'secret', 'certificate', 'federated'];

const refuse = (detail: string): Error => armError('DirectoryBadRequest', { detail: `conditions: ${detail}` });

/**
 * What a policy is about. Everything it names must be there: a rule about somebody misspelt would protect nobody. A part
 * that is absent applies everywhere, except for whom and what the policy is about, which must be said.
 */
export const readConditions = async (body: PolicyConditionsBody, known: KnownNames): Promise<PolicyConditions> => {
  const { users, clientApplications, applications, locations } = body;
  if (!users && !clientApplications) throw refuse('users or clientApplications must be given.');
  if (!applications?.includeApplications) throw refuse('applications.includeApplications must be given.');
  await known.check({
    user: [...named(users?.includeUsers, 'All', 'None'), ...named(users?.excludeUsers)],
    group: [...named(users?.includeGroups), ...named(users?.excludeGroups)],
    servicePrincipal: [
      ...named(clientApplications?.includeServicePrincipals, 'ServicePrincipalsInMyTenant'),
      ...named(clientApplications?.excludeServicePrincipals),
    ],
    location: [
      ...named(locations?.includeLocations, 'All', allTrusted),
      ...named(locations?.excludeLocations, allTrusted),
    ],
  });
  return {
    users: {
      ...selection(users?.includeUsers, users?.excludeUsers, 'All'),
      includeGroups: ids(users?.includeGroups),
      excludeGroups: ids(users?.excludeGroups),
      includeRoles: roles(users?.includeRoles),
      excludeRoles: roles(users?.excludeRoles),
    },
    workloads: selection(
      clientApplications?.includeServicePrincipals,
      clientApplications?.excludeServicePrincipals,
      'ServicePrincipalsInMyTenant',
    ),
    resources: resources(applications),
    locations: locations
      ? selection(locations.includeLocations ?? ['All'], locations.excludeLocations, 'All')
      : undefined,
    credentialKinds: credentialKinds(body.credentialKinds),
    flows: flows(body),
  };
};

type List = readonly string[] | undefined;

const named = (list: List, ...words: readonly string[]): readonly string[] =>
  (list ?? []).filter((each) => !words.includes(each));

const ids = (list: List) =>
  (list ?? []).map((each) => each.toLowerCase() as PolicyConditions['users']['includeGroups'][number]);

const selection = (include: List, exclude: List, all: string): Selection => ({
  include: include?.includes(all) ? 'all' : named(include, 'None').map(lowerId),
  exclude: (exclude ?? []).map(lowerId),
});

const lowerId = (text: string): string => (isUuid(text) ? text.toLowerCase() : text);

const roles = (list: List): readonly string[] =>
  (list ?? []).map((id) => {
    const role = findDirectoryRole(id);
    if (role === undefined) throw refuse(`there is no directory role '${id}'.`);
    return role.id;
  });

/** Resources by application id or by audience. */
const resources = ({
  includeApplications,
  excludeApplications,
}: NonNullable<PolicyConditionsBody['applications']>): Selection => {
  const bad = [...named(includeApplications, 'All', 'None'), ...named(excludeApplications)].find(
    (each) => !isUuid(each) && !/^[a-z][a-z0-9+.-]*:\/\/[\x21-\x7e]+$/i.test(each),
  );
  if (bad !== undefined) throw refuse(`applications: '${bad}' is neither 'All', an application id nor an audience.`);
  return selection(includeApplications, excludeApplications, 'All');
};

const credentialKinds = (list: PolicyConditionsBody['credentialKinds']): readonly PresentedKind[] | undefined =>
  list?.map((each) => {
    const kind = kinds.find((known) => known === each);
    if (kind === undefined) throw refuse(`credentialKinds: '${each}' is none of ${kinds.join(', ')}.`);
    return kind;
  });

/** Device code is the one flow that Graph knows by a name. */
const flows = ({ authenticationFlows, clientAppTypes }: PolicyConditionsBody): PolicyConditions['flows'] => {
  if (clientAppTypes?.some((type) => type !== 'all')) throw refuse("clientAppTypes: only 'all' is supported.");
  const methods = authenticationFlows?.transferMethods ?? 'none';
  if (methods === 'none' || methods === '') return undefined;
  if (methods === 'deviceCodeFlow') return ['deviceCode'];
  throw refuse("authenticationFlows.transferMethods: only 'deviceCodeFlow' is supported.");
};
