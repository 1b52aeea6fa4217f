import type { Evaluation, User } from '@holdfast/directory';
import type { ConsentDecision } from '../consent/decide-consent.ts';
import type { Prompt } from '../dialect/authorization-request.ts';
import type { Interaction, ProvenPerson } from './interaction.ts';

/** All that decides what comes next in a sign-in. */
export interface SignInFacts {
  /** Who has proven to be there. */
  readonly person: { readonly proof: ProvenPerson; readonly user: User } | undefined;
  /** Whom the browser is signed in as, when that may be used. */
  readonly session: ProvenPerson | undefined;
  /** The program's hint names somebody else than the session does. */
  readonly meansAnother: boolean;
  readonly prompts: readonly Prompt[];
  readonly settled: Interaction['settled'];
  readonly firstParty: boolean;
  readonly purpose: 'authorize' | 'device';
  /** Whether the person's tenant is the one that was asked. */
  readonly rightTenant: boolean;
  /** Undefined until there is a person. */
  readonly policies: Evaluation | undefined;
  readonly consent: ConsentDecision | undefined;
}

export type Next =
  | { readonly kind: 'useSession'; readonly session: ProvenPerson }
  | { readonly kind: 'refuse'; readonly because: 'otherTenant' | 'disabled' | 'blocked' | 'administratorMustConsent' }
  | { readonly kind: 'refuse'; readonly because: 'unknownPermission'; readonly name: string }
  | {
      readonly kind: 'ask';
      readonly page: 'signIn' | 'account' | 'newPassword' | 'otp' | 'enrol' | 'device' | 'consent';
    }
  | { readonly kind: 'finish' };

const ask = (page: Extract<Next, { kind: 'ask' }>['page']): Next => ({ kind: 'ask', page });

/**
 * The next step of a sign-in. The order matters: what a stranger may learn comes before the proof, what a policy forbids
 * before a person is asked for more, and consent last, by somebody who has proven everything.
 */
export const decideNext = (facts: SignInFacts): Next => {
  if (facts.person === undefined) return decideAccount(facts);
  const { user } = facts.person;
  if (!user.enabled) return { kind: 'refuse', because: 'disabled' };
  if (!facts.rightTenant) return { kind: 'refuse', because: 'otherTenant' };
  const proof = decideProof(facts, facts.person);
  if (proof !== undefined) return proof;
  if (facts.purpose === 'device' && !facts.settled.includes('device')) return ask('device');
  return decideConsent(facts);
};

/** Whether a page is the one to show now: an answer to any other is of no account. */
export const isNext = (page: Extract<Next, { kind: 'ask' }>['page'], facts: SignInFacts): boolean => {
  const next = decideNext(facts);
  return next.kind === 'ask' && next.page === page;
};

const decideAccount = ({ session, meansAnother, prompts, settled, purpose }: SignInFacts): Next => {
  if (session === undefined || prompts.includes('login')) return ask('signIn');
  const mustChoose = prompts.includes('select_account') || purpose === 'device' || meansAnother;
  return mustChoose && !settled.includes('account') ? ask('account') : { kind: 'useSession', session };
};

const decideProof = (
  { policies }: SignInFacts,
  { proof, user }: NonNullable<SignInFacts['person']>,
): Next | undefined => {
  const isNew = proof.sid === undefined;
  if (policies?.decision === 'block') return { kind: 'refuse', because: 'blocked' };
  const mustChange = user.mustChangePassword && proof.methods.includes('pwd');
  if (mustChange && !isNew) return ask('signIn');
  const hasBoth = proof.methods.includes('mfa');
  // Whoever has an authenticator is asked for it at every new sign-in; others when a policy wants it.
  const asksAnyway = user.totp !== undefined && isNew && proof.methods.includes('pwd');
  const wantsSecond = policies?.decision === 'mfaRequired' || asksAnyway;
  // Before a new password: who found out the first one alone must not choose the next.
  if (wantsSecond && !hasBoth && user.totp !== undefined) return ask('otp');
  if (mustChange) return ask('newPassword');
  if (!wantsSecond || hasBoth) return undefined;
  // A stolen session must not choose the second factor: the first is proven anew.
  return ask(isNew ? 'enrol' : 'signIn');
};

const decideConsent = ({ consent, prompts, settled, firstParty }: SignInFacts): Next => {
  if (consent?.kind === 'unknownPermission')
    return { kind: 'refuse', because: 'unknownPermission', name: consent.name };
  if (consent?.kind === 'askAdministrator') return { kind: 'refuse', because: 'administratorMustConsent' };
  if (consent?.kind === 'askPerson') return ask('consent');
  const again = prompts.includes('consent') && !firstParty && !settled.includes('consent');
  return again ? ask('consent') : { kind: 'finish' };
};
