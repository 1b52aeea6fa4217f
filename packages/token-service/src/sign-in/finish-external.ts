import type { IdentityProvider, Tenant, User } from '@holdfast/directory';
import { parseUuid } from '@holdfast/kernel';
import type { FederatedIdentity } from '../federation/federation.ts';
import { mapGroups } from '../federation/map-groups.ts';
import { matchUser, nameOf } from '../federation/match-user.ts';
import { oauthError } from '../oauth-error.ts';
import { newSignInNote } from '../sign-in-log/sign-in-note.ts';
import { writeDown } from '../sign-in-log/write-down.ts';
import { advance } from './advance.ts';
import type { BrowserRequest, Reply } from './browser-request.ts';
import { clearCookie } from './cookies.ts';
import type { Interaction } from './interaction.ts';
import type { AuthenticationMethod } from './session-store.ts';
import type { SignInServices } from './sign-in-services.ts';
import { tellClient } from './take-step.ts';

export interface ExternalReturn {
  /** The provider that the address names. */
  readonly providerId: string;
  /** Path and query. */
  readonly url: string;
}

/** Goes on with a sign-in when the person comes back from another provider. */
export const finishExternal = async (
  { providerId, url }: ExternalReturn,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<Reply> => {
  const { external, flow } = browser.cookies;
  const interaction = services.seal.open(external ?? '', flow ?? '');
  const { external: waiting, ...rest } = interaction;
  const id = parseUuid(providerId);
  if (waiting === undefined || !id.ok) throw oauthError('interactionExpired', {});
  const provider = await services.providers.find(waiting.tenantId, id.value);
  const tenant = await services.directory.findTenant(waiting.tenantId);
  if (provider === undefined || tenant === undefined) throw oauthError('interactionExpired', {});
  const known = { ...browser, correlationId: interaction.correlationId };
  const reply = await tellClient({ interaction, browser: known, services }, async () => {
    const address = new URL(url, services.origins.login);
    const { user, identity } = await recorded({ interaction, tenant, browser: known, services }, async () => {
      const identity = await services.federation.finish(provider, address, waiting.pending);
      return { identity, user: await findOrMakeUser({ provider, tenant, identity }, known, services) };
    });
    await keepGroups({ provider, identity, user }, services);
    return advance(withPerson(rest, user, { identity, now: known.now }), known, { services });
  });
  return { ...reply, cookies: [...reply.cookies, clearCookie('external')] };
};

interface Returning {
  readonly interaction: Interaction;
  readonly tenant: Tenant;
  readonly browser: BrowserRequest;
  readonly services: SignInServices;
}

/** Writes down when the provider, or its word, did not do. */
const recorded = async <Value>(
  { interaction, tenant, browser, services }: Returning,
  work: () => Promise<Value>,
): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    const { now: at, correlationId, address, userAgent } = browser;
    const flow = interaction.purpose.kind === 'device' ? 'deviceCode' : 'browser';
    const note = newSignInNote({ at, correlationId, address, userAgent, flow });
    note.tenantId = tenant.id;
    note.credential = { kind: 'external', id: undefined };
    writeDown(services.signInLog, note, error);
    throw error;
  }
};

interface Arrival {
  readonly provider: IdentityProvider;
  readonly tenant: Tenant;
  readonly identity: FederatedIdentity;
}

const findOrMakeUser = async (
  arrival: Arrival,
  { now }: BrowserRequest,
  { users, random }: SignInServices,
): Promise<User> => {
  const { provider, tenant, identity } = arrival;
  const known = await users.findByExternal(tenant.id, { providerId: provider.id, subject: identity.subject });
  const match = matchUser(known, arrival, { random, now });
  if (match.kind === 'known') return match.user;
  if (match.kind === 'new')
    for (const candidate of match.candidates) if (await users.insert(candidate)) return candidate;
  throw oauthError('strangerOfProvider', {
    name: nameOf(identity),
    provider: provider.displayName,
    tenant: tenant.displayName,
  });
};

/** The provider's word on the groups that its mapping names. */
const keepGroups = async (
  { provider, identity, user }: Pick<Arrival, 'provider' | 'identity'> & { readonly user: User },
  { memberships }: SignInServices,
): Promise<void> => {
  if (provider.groupClaim === undefined) return;
  const { tenantId, id: memberId } = user;
  const current = await memberships.listGroupsOf(tenantId, memberId, { transitive: false });
  const { add, remove } = mapGroups(
    provider,
    identity.claims,
    current.map(({ id }) => id),
  );
  for (const groupId of add) await memberships.add({ tenantId, groupId, memberId });
  for (const groupId of remove) await memberships.remove({ tenantId, groupId, memberId });
};

const withPerson = (
  interaction: Interaction,
  { tenantId, id: userId }: User,
  { identity, now }: { readonly identity: FederatedIdentity; readonly now: Date },
): Interaction => {
  const methods: readonly AuthenticationMethod[] = identity.mfa ? ['fed', 'mfa'] : ['fed'];
  return { ...interaction, person: { tenantId, userId, at: now.getTime(), methods } };
};
