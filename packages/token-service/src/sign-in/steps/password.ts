import { needsRehash, type Tenant, type User } from '@holdfast/directory';
import { findAuthority } from '../../dialect/authority.ts';
import { OAuthError, oauthError } from '../../oauth-error.ts';
import { newSignInNote } from '../../sign-in-log/sign-in-note.ts';
import { writeDown } from '../../sign-in-log/write-down.ts';
import { accountKey, type Guess } from '../guess-limits.ts';
import { knownDeviceOf } from '../known-device.ts';
import type { SignInServices } from '../sign-in-services.ts';
import { external } from './external.ts';
import type { StepHandler, StepRequest } from './step.ts';

/** Name and password. A name nobody bears and a wrong password are answered alike, in the same time. */
export const password: StepHandler = async (request, services) => {
  if (request.fields.has('provider')) return external(request, services);
  const { interaction, fields, browser } = request;
  const typedName = fields.get('username')?.trim() ?? '';
  const { tenant, name } = await findAccountPlace(request, typedName, services);
  const user = tenant && (await services.users.findByName(tenant.id, name));
  const knownDevice = user && knownDeviceOf(browser.cookies.device, user.id, services.sealer);
  const guess: Guess = {
    what: 'password',
    account: accountKey(tenant?.id, name),
    address: browser.address,
    knownDevice,
  };
  try {
    await services.limits.check(guess);
    await checkPassword(user, fields.get('password') ?? '', { guess, services });
  } catch (error) {
    if (!(error instanceof OAuthError) || error.status >= 500) throw error;
    recordFailure(error, request, { tenant, user, typedName, services });
    return { interaction, left: { error, typedName } };
  }
  // Checked by now: a person without a password has failed.
  const { id: userId, tenantId } = user as User;
  return { interaction: { ...interaction, person: { tenantId, userId, at: browser.now.getTime(), methods: ['pwd'] } } };
};

/** A name's tenant: the one that was asked, else the one of its domain. */
const findAccountPlace = async (
  { interaction }: StepRequest,
  typedName: string,
  { directory }: SignInServices,
): Promise<{ readonly tenant: Tenant | undefined; readonly name: string }> => {
  const authority = await findAuthority(directory, interaction.authority);
  const domain = /@([^@]+)$/.exec(typedName)?.[1]?.toLowerCase();
  if (authority.kind === 'tenant') {
    const { tenant } = authority;
    return { tenant, name: domain === undefined ? `${typedName}@${tenant.defaultDomain}` : typedName };
  }
  if (domain === undefined) {
    const tenant = await directory.defaultTenant();
    return { tenant, name: `${typedName}@${tenant.defaultDomain}` };
  }
  return { tenant: await directory.findTenant(domain), name: typedName };
};

const checkPassword = async (
  user: User | undefined,
  typed: string,
  { guess, services }: { readonly guess: Guess; readonly services: SignInServices },
): Promise<void> => {
  const { passwords, limits } = services;
  const line = guess.knownDevice === undefined ? 'stranger' : 'known';
  const right = await passwords.verify(user?.passwordHash, typed, line);
  if (user?.passwordHash === undefined || !right) {
    await limits.add(guess);
    throw oauthError('wrongPassword', {});
  }
  // Again, because many guesses may have been let in side by side.
  await limits.check(guess);
  await limits.clear(guess);
  // Said only to who knows the password.
  if (!user.enabled) throw oauthError('userDisabled', {});
  if (needsRehash(user.passwordHash)) await rehash(user, typed, services);
};

/** Unless the password was changed meanwhile. */
const rehash = async (user: User, password: string, { passwords, changeUser }: SignInServices): Promise<void> => {
  const passwordHash = await passwords.hash(password);
  await changeUser(user, (now) => (now.passwordHash === user.passwordHash ? { ...now, passwordHash } : now));
};

interface Failure {
  readonly tenant: Tenant | undefined;
  readonly user: User | undefined;
  readonly typedName: string;
  readonly services: SignInServices;
}

const recordFailure = (error: OAuthError, { interaction, browser }: StepRequest, failure: Failure): void => {
  const { tenant, user, typedName, services } = failure;
  const { now: at, correlationId, address, userAgent } = browser;
  const flow = interaction.purpose.kind === 'device' ? 'deviceCode' : 'browser';
  const note = newSignInNote({ at, correlationId, address, userAgent, flow });
  note.tenantId = tenant?.id;
  note.principal =
    user === undefined
      ? { kind: 'unknown', id: undefined, name: nameForLog(typedName) }
      : { kind: 'user', id: user.id, name: user.userPrincipalName };
  note.credential = { kind: 'password', id: undefined };
  writeDown(services.signInLog, note, error);
};

/** People type passwords into the wrong field: only what looks like a name is written down. */
const nameForLog = (typedName: string): string =>
  /^[\w.+-]{1,64}@[\w.-]{1,190}$/.test(typedName) ? typedName : '(not a user name)';
