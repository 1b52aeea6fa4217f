import type { Consent } from '@holdfast/directory';
import type { RequestedResource } from '../dialect/requested-resource.ts';
import { defaultScope, isOpenidScope, type RequestedScopes } from '../dialect/requested-scopes.ts';
import { consentResources, defaultPermissions, findPermission, type Permission } from './permissions.ts';

export interface ConsentQuestion {
  readonly requested: RequestedScopes;
  /** First-party programs need none. */
  readonly firstParty: boolean;
  /** Everybody's and the person's consents to this program, at any resource. */
  readonly consents: readonly Consent[];
  readonly usersMayConsent: boolean;
  readonly isAdministrator: boolean;
}

export type ConsentDecision =
  | { readonly kind: 'granted'; readonly scopes: readonly string[] }
  /** The person can allow it on a page. */
  | { readonly kind: 'askPerson'; readonly missing: readonly Permission[]; readonly scopes: readonly string[] }
  | { readonly kind: 'askAdministrator' }
  | { readonly kind: 'unknownPermission'; readonly name: string };

/** What a first-party program is given: the person's own rights, whatever they are. */
const everything = ({ isGraph, isManagement }: RequestedResource): readonly string[] => [
  ...(isGraph ? ['Directory.AccessAsUser.All', 'User.Read'] : []),
  ...(isManagement || !isGraph ? ['user_impersonation'] : []),
];

/** Whether a program may have what it asks for in a person's name, and under which permission names. */
export const decideConsent = (question: ConsentQuestion): ConsentDecision => {
  const { requested, firstParty, consents } = question;
  const { resource, permissions } = requested;
  if (firstParty) return { kind: 'granted', scopes: named(permissions) ?? everything(resource) };
  const places = consentResources(resource);
  const here = consents.filter((consent) => places.includes(consent.resource));
  const given = [...new Set(here.flatMap(({ scopes }) => scopes))];
  const wanted = named(permissions) ?? allGiven(resource, given);
  const found = wanted.map((name) => findPermission(resource, name) ?? name);
  const unknown = found.find((each) => typeof each === 'string');
  if (unknown !== undefined) return { kind: 'unknownPermission', name: unknown };
  const known = found.filter((each) => typeof each !== 'string');
  const missing = known.filter(({ name }) => !given.some((each) => each.toLowerCase() === name.toLowerCase()));
  const scopes = known.map(({ name }) => name);
  if (missing.length === 0) return { kind: 'granted', scopes };
  return mayConsent(question, missing) ? { kind: 'askPerson', missing, scopes } : { kind: 'askAdministrator' };
};

/** Administrators write grants as they like, `openid` among them: what is no permission here gives none. */
const allGiven = (resource: RequestedResource, given: readonly string[]): readonly string[] => {
  const known = given.filter((name) => !isOpenidScope(name) && findPermission(resource, name) !== undefined);
  return known.length > 0 ? known : defaultPermissions(resource);
};

/** The names asked for; undefined when it is for all that was consented to. */
const named = (permissions: readonly string[]): readonly string[] | undefined =>
  permissions.length === 0 || permissions.includes(defaultScope) ? undefined : permissions;

const mayConsent = (question: ConsentQuestion, missing: readonly Permission[]): boolean =>
  question.isAdministrator || (question.usersMayConsent && missing.every(({ adminOnly }) => !adminOnly));
