import { assertNever } from '@holdfast/kernel';
import { nameLocation, type Place } from './locate.ts';
import type { GrantControl, GrantControls } from './policy.ts';
import type { SignInFacts } from './sign-in-facts.ts';
import { withArticle } from './sign-in-words.ts';

/** Whether something required is there: `askable` is not there yet, but the person can be asked for it. */
export interface Verdict {
  readonly state: 'met' | 'askable' | 'missed';
  readonly words: string;
}

/** What a policy that applies says of a sign-in. */
export const checkControls = (grant: GrantControls, facts: SignInFacts, place: Place): Verdict => {
  if (grant.kind === 'block') return missed('blocks every sign-in that it applies to');
  if (grant.controls.length === 0) return met('requires nothing');
  const verdicts = grant.controls.map((control) => checkControl(control, facts, place));
  return grant.operator === 'AND' ? checkAll(verdicts) : checkAny(verdicts);
};

const met = (words: string): Verdict => ({ state: 'met', words });
const askable = (words: string): Verdict => ({ state: 'askable', words });
const missed = (words: string): Verdict => ({ state: 'missed', words });

const checkAll = (verdicts: readonly Verdict[]): Verdict => {
  const open = verdicts.filter(({ state }) => state !== 'met');
  const words = inWords(open.length === 0 ? verdicts : open, '; also ');
  if (open.length === 0) return met(words);
  return open.every(({ state }) => state === 'askable') ? askable(words) : missed(words);
};

const checkAny = (verdicts: readonly Verdict[]): Verdict => {
  const first = verdicts.find(({ state }) => state === 'met');
  if (first !== undefined) return first;
  const words = inWords(verdicts, '; or ');
  return verdicts.some(({ state }) => state === 'askable') ? askable(words) : missed(words);
};

const inWords = (verdicts: readonly Verdict[], between: string): string =>
  verdicts.map(({ words }) => words).join(between);

const checkControl = (control: GrantControl, facts: SignInFacts, place: Place): Verdict => {
  switch (control.kind) {
    case 'mfa':
      return checkMfa(facts);
    case 'certificate':
      return checkCertificate(facts);
    case 'location':
      return checkLocation(control.locationIds, place);
    default:
      return assertNever(control);
  }
};

const checkMfa = ({ principal }: SignInFacts): Verdict => {
  if (principal.kind === 'workload') return missed('requires multi-factor authentication, which a program cannot do');
  if (principal.mfa === 'done') return met('multi-factor authentication was done');
  const words = 'requires multi-factor authentication, which was not done';
  return principal.mfa === 'possible' ? askable(words) : missed(words);
};

const checkCertificate = ({ credential }: SignInFacts): Verdict =>
  credential === 'certificate'
    ? met('a client certificate was presented')
    : missed(`requires a client certificate; ${withArticle[credential]} was presented`);

const checkLocation = (ids: readonly string[], place: Place): Verdict => {
  const found = place.findWithin(ids);
  return found === undefined
    ? missed(`requires one of the locations ${place.describe(ids)}; came from ${place.address}`)
    : met(`came from ${place.address}, in the location ${nameLocation(found)}`);
};
