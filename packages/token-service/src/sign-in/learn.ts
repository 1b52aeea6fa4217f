import type { Tenant, User } from '@holdfast/directory';
import { msBetween, seconds } from '@holdfast/kernel';
import { findRequestingApp, type RequestingApp } from '../clients/requesting-app.ts';
import type { DeviceCode } from '../device-code/device-code-store.ts';
import { type Authority, findAuthority } from '../dialect/authority.ts';
import { resourceOf } from '../dialect/requested-resource.ts';
import { isOpenidScope, type RequestedScopes } from '../dialect/requested-scopes.ts';
import { oauthError } from '../oauth-error.ts';
import { consentOf } from '../people/consent-of.ts';
import { sha256 } from '../people/random-secret.ts';
import type { BrowserRequest } from './browser-request.ts';
import type { SignInFacts } from './decide-next.ts';
import { findDeviceCode } from './find-device-code.ts';
import type { Interaction, ProvenPerson } from './interaction.ts';
import type { SignInServices } from './sign-in-services.ts';

/** Everything there is to know of a sign-in now. */
export interface Known {
  readonly interaction: Interaction;
  readonly authority: Authority;
  readonly facts: SignInFacts;
  /** The person, or whom the browser is signed in as. */
  readonly user: User | undefined;
  /** Undefined while it is a device's and nobody has signed in: the code is looked up for people only. */
  readonly asked: Asked | undefined;
}

/** Which program asks for what. */
export interface Asked {
  readonly app: RequestingApp;
  readonly requested: RequestedScopes;
  readonly device: DeviceCode | undefined;
}

export const learn = async (
  interaction: Interaction,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<Known> => {
  const authority = await findAuthority(services.directory, interaction.authority);
  const person = interaction.person && (await findProven(interaction.person, services));
  const session = person ? undefined : await findSession(interaction, { authority, browser }, services);
  const asked = await findAsked(interaction, { authority, user: person?.user, browser }, services);
  const judged = person && asked && (await judge(person, asked, { interaction, browser, services }));
  return {
    interaction,
    authority,
    user: person?.user ?? session?.user,
    asked,
    facts: {
      person,
      session: session?.proof,
      meansAnother: session !== undefined && meansAnother(interaction, session.user),
      prompts: promptsOf(interaction),
      settled: interaction.settled,
      purpose: interaction.purpose.kind,
      firstParty: asked?.app.registration === undefined,
      rightTenant: person === undefined || isTenant(authority, person.user.tenantId),
      policies: judged?.policies,
      consent: judged?.consent,
    },
  };
};

type Person = NonNullable<SignInFacts['person']>;

const findProven = async (proof: ProvenPerson, { users }: SignInServices): Promise<Person> => {
  const user = await users.find(proof.tenantId, proof.userId);
  if (user === undefined || proof.at < user.tokensValidFrom.getTime()) throw oauthError('interactionExpired', {});
  return { proof, user };
};

/** The browser's session, unless it is too old for this request, another tenant's, or revoked. */
const findSession = async (
  interaction: Interaction,
  { authority, browser }: { readonly authority: Authority; readonly browser: BrowserRequest },
  services: SignInServices,
): Promise<Person | undefined> => {
  const { session: cookie } = browser.cookies;
  if (cookie === undefined || interaction.otherAccount === true) return undefined;
  const session = await services.sessions.find(sha256(cookie), browser.now);
  if (session === undefined || !isTenant(authority, session.tenantId)) return undefined;
  const { tenantId, userId, sid, authentication } = session;
  const user = await services.users.find(tenantId, userId);
  if (user === undefined || !user.enabled || authentication.at < user.tokensValidFrom) return undefined;
  const maxAge = interaction.purpose.kind === 'authorize' ? interaction.purpose.request.maxAge : undefined;
  if (maxAge !== undefined && msBetween(authentication.at, browser.now) > seconds(maxAge)) return undefined;
  return { proof: { tenantId, userId, sid, at: authentication.at.getTime(), methods: authentication.methods }, user };
};

/** A hint that is a user name, and another's. What else programs put there tells us nothing. */
const meansAnother = ({ purpose }: Interaction, { userPrincipalName, profile }: User): boolean => {
  const hint = purpose.kind === 'authorize' ? purpose.request.loginHint?.toLowerCase() : undefined;
  if (hint === undefined || !/^[^@\s]+@[^@\s]+$/.test(hint)) return false;
  return ![userPrincipalName, profile.mail].some((own) => own?.toLowerCase() === hint);
};

const isTenant = (authority: Authority, tenantId: Tenant['id']): boolean =>
  authority.kind === 'any' || authority.tenant.id === tenantId;

const promptsOf = ({ purpose }: Interaction) => (purpose.kind === 'authorize' ? purpose.request.prompts : []);

const findAsked = async (
  { purpose }: Interaction,
  known: { readonly authority: Authority; readonly user: User | undefined; readonly browser: BrowserRequest },
  services: SignInServices,
): Promise<Asked | undefined> => {
  const { authority, user } = known;
  if (purpose.kind === 'authorize') {
    const app = await findRequestingApp(
      services.directory,
      await homeOf(authority, user, services),
      purpose.request.clientId,
    );
    return { app, requested: purpose.request.requested, device: undefined };
  }
  if (user === undefined) return undefined;
  const device = await findDeviceCode(purpose.userCodeSha256, { user, browser: known.browser }, services);
  const app = await findRequestingApp(services.directory, await homeOf(authority, user, services), device.clientId);
  const openid = device.scopes.filter(isOpenidScope);
  const permissions = device.scopes.filter((scope) => !isOpenidScope(scope));
  return { app, requested: { resource: resourceOf(device.resource, services.origins), permissions, openid }, device };
};

/** Programs are known in a tenant: the one that was asked, else the person's. */
const homeOf = async (
  authority: Authority,
  user: User | undefined,
  { directory }: SignInServices,
): Promise<Authority> => {
  if (authority.kind === 'tenant' || user === undefined) return authority;
  const tenant = await directory.findTenant(user.tenantId);
  return tenant === undefined ? authority : { kind: 'tenant', tenant, segment: tenant.id };
};

interface Surroundings {
  readonly interaction: Interaction;
  readonly browser: BrowserRequest;
  readonly services: SignInServices;
}

const judge = async (person: Person, { app, requested }: Asked, { interaction, browser, services }: Surroundings) => {
  const { user, proof } = person;
  const attempt = {
    tenantId: user.tenantId,
    resource: requested.resource,
    address: browser.address,
    credential: proof.methods.includes('fed') ? 'external' : 'password',
    flow: interaction.purpose.kind === 'device' ? 'deviceCode' : 'browser',
  } as const;
  const mfa = proof.methods.includes('mfa') ? 'done' : 'possible';
  const [policies, consent] = await Promise.all([
    services.conditionalAccess.judgePerson(attempt, { user, mfa }),
    consentOf({ user, app, requested }, services),
  ]);
  return { policies, consent };
};
