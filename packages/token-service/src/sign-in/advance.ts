import { newTotpSecret } from '@holdfast/directory';
import { OAuthError, oauthError } from '../oauth-error.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { newSignInNote, type SignInNote } from '../sign-in-log/sign-in-note.ts';
import { writeDown } from '../sign-in-log/write-down.ts';
import { answerClientError } from './answer-client.ts';
import type { BrowserRequest, Reply } from './browser-request.ts';
import { setCookie } from './cookies.ts';
import { decideNext, type Next } from './decide-next.ts';
import { finish } from './finish.ts';
import type { Interaction } from './interaction.ts';
import { type Known, learn } from './learn.ts';
import { type PageName, pages } from './show.ts';
import type { SignInServices } from './sign-in-services.ts';

/** What the page before left to say. */
export interface Left {
  readonly error?: OAuthError | string | undefined;
  readonly typedName?: string | undefined;
}

/** Goes on with a sign-in: the next page, or its end. */
export const advance = async (
  interaction: Interaction,
  browser: BrowserRequest,
  { services, left = {} }: { readonly services: SignInServices; readonly left?: Left },
): Promise<Reply> => {
  const known = await learn(interaction, browser, services);
  const next = decideNext(known.facts);
  if (next.kind === 'useSession') return advance({ ...interaction, person: next.session }, browser, { services, left });
  if (isSilent(interaction) && next.kind !== 'finish') return answerSilently(known, next, { browser, services });
  if (next.kind === 'ask') return show(known, next.page, { browser, services, left });
  const note = noteOf(known, browser);
  try {
    if (next.kind === 'refuse') throw refusal(known, next);
    const reply = await finish(known, browser, services);
    writeDown(services.signInLog, note);
    return reply;
  } catch (error) {
    writeDown(services.signInLog, note, error);
    throw error;
  }
};

interface Surroundings {
  readonly browser: BrowserRequest;
  readonly services: SignInServices;
  readonly left?: Left;
}

const isSilent = ({ purpose }: Interaction): boolean =>
  purpose.kind === 'authorize' && purpose.request.prompts.includes('none');

/** A page may not be shown (`prompt=none`): the program hears what it would have asked. */
const answerSilently = (known: Known, next: Next, { browser, services }: Surroundings): Reply => {
  const { purpose } = known.interaction;
  if (purpose.kind !== 'authorize') throw new Error('only authorization requests are silent');
  const { authority, user } = known;
  const tenantId = authority.kind === 'tenant' ? authority.tenant.id : user?.tenantId;
  const error = silentError(known, next);
  if (next.kind === 'refuse') writeDown(services.signInLog, noteOf(known, browser), error);
  return answerClientError(purpose.request, error, {
    login: services.origins.login,
    tenantId,
    traceId: browser.traceId,
  });
};

const silentError = (known: Known, next: Next): OAuthError => {
  if (next.kind === 'refuse') return refusal(known, next);
  const { asked } = known;
  const about = { client: asked?.app.displayName ?? '', resource: asked?.requested.resource.audience ?? '' };
  if (next.kind === 'ask' && next.page === 'consent') return oauthError('consentRequired', about);
  if (next.kind === 'ask' && ['otp', 'enrol'].includes(next.page)) return oauthError('mfaRequired', about);
  return oauthError('loginRequired', {});
};

const refusal = ({ asked, authority }: Known, next: Extract<Next, { kind: 'refuse' }>): OAuthError => {
  const client = asked?.app.displayName ?? '';
  switch (next.because) {
    case 'otherTenant': {
      const tenant = authority.kind === 'tenant' ? authority.tenant.displayName : authority.segment;
      return oauthError('userOfAnotherTenant', { tenant, client });
    }
    case 'disabled':
      return oauthError('userDisabled', {});
    case 'blocked':
      return oauthError('conditionalAccessBlocked', {});
    case 'administratorMustConsent':
      return oauthError('consentNotAllowed', { client });
    case 'unknownPermission':
      return oauthError('invalidScope', { reason: `The resource has no permission '${next.name}'.` });
  }
};

const show = async (known: Known, page: PageName, { browser, services, left }: Surroundings): Promise<Reply> => {
  const offersSecret = page === 'enrol' && known.interaction.enrolment === undefined;
  const interaction = offersSecret
    ? { ...known.interaction, enrolment: newTotpSecret(services.random) }
    : known.interaction;
  const { error } = left ?? {};
  const step = {
    action: `${services.origins.login}/signin`,
    ctx: services.seal.seal(interaction, browser.browser),
    tenantName: known.authority.kind === 'tenant' ? known.authority.tenant.displayName : undefined,
  };
  const words = error instanceof OAuthError ? error.message : error;
  const showing = { known: { ...known, interaction }, step, error: words, typedName: left?.typedName };
  return {
    kind: 'page',
    status: error instanceof OAuthError ? error.status : 200,
    html: await pages[page](showing, services),
    headers: pageHeaders({ formTargets: 'anywhere', inPopup: true }),
    cookies: [setCookie('flow', browser.browser)],
  };
};

/** For the sign-in log. */
export const noteOf = ({ interaction, facts, asked }: Known, browser: BrowserRequest): SignInNote => {
  const flow = interaction.purpose.kind === 'device' ? 'deviceCode' : 'browser';
  const { now: at, correlationId, address, userAgent } = browser;
  const note = newSignInNote({ at, correlationId, address, userAgent, flow });
  const { person, policies } = facts;
  if (person !== undefined) {
    const { user, proof } = person;
    note.tenantId = user.tenantId;
    note.principal = { kind: 'user', id: user.id, name: user.userPrincipalName };
    note.credential = { kind: proof.methods.includes('fed') ? 'external' : 'password', id: undefined };
    note.mfa = proof.methods.includes('mfa');
  }
  if (asked !== undefined) note.app = { appId: asked.app.appId, displayName: asked.app.displayName };
  note.resource = asked?.requested.resource.audience;
  note.policies = policies?.policies ?? [];
  return note;
};
