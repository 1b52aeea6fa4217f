import { nameLocation, type Place } from './locate.ts';
import type { PolicyConditions, Selection } from './policy.ts';
import type { SignInFacts, UserFacts, WorkloadFacts } from './sign-in-facts.ts';
import { withArticle, wordsOfFlow } from './sign-in-words.ts';

/** Why a policy does not apply, in words: the first condition that is not met. Undefined when it applies. */
export const findExemption = (conditions: PolicyConditions, facts: SignInFacts, place: Place): string | undefined =>
  exemptPrincipal(conditions, facts.principal) ??
  exemptResource(conditions.resources, facts.resource) ??
  exemptPlace(conditions.locations, place) ??
  exemptCredential(conditions, facts) ??
  exemptFlow(conditions, facts);

const exemptPrincipal = (conditions: PolicyConditions, principal: UserFacts | WorkloadFacts): string | undefined =>
  principal.kind === 'user'
    ? exemptUser(conditions.users, principal)
    : exemptNames(conditions.workloads, [principal.id], 'the program');

const exemptUser = (users: PolicyConditions['users'], { id, groups, roles }: UserFacts): string | undefined => {
  const isIncluded =
    selects(users.include, [id]) || selects(users.includeGroups, groups) || selects(users.includeRoles, roles);
  if (!isIncluded) return 'the person is not among those it is about';
  if (selects(users.exclude, [id])) return 'the person is excluded';
  if (selects(users.excludeGroups, groups)) return 'a group of the person is excluded';
  return selects(users.excludeRoles, roles) ? 'a directory role of the person is excluded' : undefined;
};

const exemptNames = ({ include, exclude }: Selection, names: readonly string[], what: string): string | undefined => {
  if (!selects(include, names)) return `${what} is not among those it is about`;
  return selects(exclude, names) ? `${what} is excluded` : undefined;
};

/** Letter case does not count. */
const selects = (selected: 'all' | readonly string[], names: readonly string[]): boolean => {
  if (selected === 'all') return true;
  const lower = names.map((name) => name.toLowerCase());
  return selected.some((each) => lower.includes(each.toLowerCase()));
};

const exemptResource = ({ include, exclude }: Selection, names: readonly string[]): string | undefined =>
  exemptNames(
    { include: include === 'all' ? include : include.map(withoutSlash), exclude: exclude.map(withoutSlash) },
    names.map(withoutSlash),
    'the resource',
  );

const withoutSlash = (text: string): string => text.replace(/\/+$/, '');

const exemptPlace = (locations: Selection | undefined, place: Place): string | undefined => {
  if (locations === undefined) return undefined;
  const { include, exclude } = locations;
  if (include !== 'all' && place.findWithin(include) === undefined)
    return `came from ${place.address}, outside of its locations ${place.describe(include)}`;
  const excluded = place.findWithin(exclude);
  return excluded && `came from ${place.address}, in the excluded location ${nameLocation(excluded)}`;
};

const exemptCredential = ({ credentialKinds }: PolicyConditions, { credential }: SignInFacts): string | undefined =>
  credentialKinds === undefined || credentialKinds.includes(credential)
    ? undefined
    : `it is not about sign-ins with ${withArticle[credential]}`;

const exemptFlow = ({ flows }: PolicyConditions, { flow }: SignInFacts): string | undefined =>
  flows === undefined || flows.includes(flow) ? undefined : `it is not about sign-ins by ${wordsOfFlow[flow]}`;
