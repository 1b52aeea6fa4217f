import { createHash } from 'node:crypto';
import type { IdentityProvider, Tenant, User, UserProfile } from '@holdfast/directory';
import { newUuid, type Random } from '@holdfast/kernel';
import type { FederatedIdentity } from './federation.ts';

export interface FederatedPerson {
  readonly provider: IdentityProvider;
  readonly tenant: Tenant;
  readonly identity: FederatedIdentity;
}

export type UserMatch =
  | { readonly kind: 'known'; readonly user: User }
  /** One new user under several names: the first that is not taken is to be inserted. The last one is never taken. */
  | { readonly kind: 'new'; readonly candidates: readonly User[] }
  | { readonly kind: 'refused' };

/**
 * Who a federated person is here. `known` is the user found by provider and subject, which alone decide: an address that
 * a provider names proves nothing about the account that bears it here, so nobody is ever attached to one.
 */
export const matchUser = (
  known: User | undefined,
  person: FederatedPerson,
  make: { readonly random: Random; readonly now: Date },
): UserMatch => {
  if (known !== undefined) return { kind: 'known', user: known };
  if (!person.provider.createsUsers) return { kind: 'refused' };
  const user = newUser(person, make);
  return { kind: 'new', candidates: namesOf(person).map((userPrincipalName) => ({ ...user, userPrincipalName })) };
};

/** What to call somebody in a refusal. */
export const nameOf = ({ claims, subject }: FederatedIdentity): string =>
  textOf(claims, 'preferred_username') ?? textOf(claims, 'email') ?? lineOf(subject) ?? '?';

const newUser = (
  { provider, identity }: FederatedPerson,
  { random, now }: { readonly random: Random; readonly now: Date },
): Omit<User, 'userPrincipalName'> => ({
  id: newUuid(random),
  tenantId: provider.tenantId,
  displayName: textOf(identity.claims, 'name') ?? nameOf(identity),
  profile: profileOf(identity),
  passwordHash: undefined,
  mustChangePassword: false,
  passwordChangedAt: now,
  enabled: true,
  totp: undefined,
  external: { providerId: provider.id, subject: identity.subject },
  tokensValidFrom: now,
  createdAt: now,
});

const profileOf = ({ claims }: FederatedIdentity): UserProfile => {
  const [mail, givenName, surname] = ['email', 'given_name', 'family_name'].map((name) => textOf(claims, name));
  return {
    ...(mail === undefined ? {} : { mail }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(surname === undefined ? {} : { surname }),
  };
};

/** The person's own name where it lies in the tenant's domain; else one that says where they come from, as Entra's guests. */
const namesOf = ({ provider, tenant, identity }: FederatedPerson): readonly string[] => {
  const { claims, subject } = identity;
  const verified = claims['email_verified'] === true ? textOf(claims, 'email') : undefined;
  const own = [textOf(claims, 'preferred_username'), verified].filter((name) => isOfDomain(name, tenant.defaultDomain));
  const local = localPart(nameOf(identity));
  const digest = createHash('sha256').update(`${provider.id} ${subject}`).digest('hex').slice(0, 16);
  const guests = [local, `${local}_${digest}`].map((name) => `${name}#EXT#@${tenant.defaultDomain}`);
  return [...new Set([...own.map((name) => name.toLowerCase()), ...guests])];
};

const isOfDomain = (name: string | undefined, domain: string): name is string => {
  const [, local, at] = /^([\w.+'-]{1,64})@([^@]+)$/.exec(name ?? '') ?? [];
  return local !== undefined && at?.toLowerCase() === domain;
};

const localPart = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9.+-]+/g, '_')
    .slice(0, 64) || 'user';

const longest = 256;

/** A claim that is text, short and on one line. */
const textOf = (claims: FederatedIdentity['claims'], name: string): string | undefined => {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' ? lineOf(value) : undefined;
};

const lineOf = (text: string): string | undefined => {
  const line = text.replace(/\p{C}+/gu, ' ').trim();
  return line === '' ? undefined : [...line].slice(0, longest).join('');
};
