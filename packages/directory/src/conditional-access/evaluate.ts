import type { AppliedPolicy } from '../sign-in-log/sign-in.ts';
import { checkControls, type Verdict } from './check-controls.ts';
import { findExemption } from './find-exemption.ts';
import { locate, type Place } from './locate.ts';
import type { ConditionalAccessPolicy, NamedLocation } from './policy.ts';
import type { SignInFacts } from './sign-in-facts.ts';

export interface Evaluation {
  /** `mfaRequired` when a second factor is all that is missing and the person can be asked for it. */
  readonly decision: 'grant' | 'block' | 'mfaRequired';
  /** What each policy that is not disabled said, and why, in the order of the policies. */
  readonly policies: readonly AppliedPolicy[];
}

/** Asks a tenant's policies about a sign-in that is authentic. One that blocks wins over everything. */
export const evaluate = (
  policies: readonly ConditionalAccessPolicy[],
  locations: readonly NamedLocation[],
  facts: SignInFacts,
): Evaluation => {
  const place = locate(locations, facts.address);
  const asked = policies.filter(({ state }) => state !== 'disabled');
  const opinions = asked.map((policy) => ({ policy, verdict: ask(policy, facts, place) }));
  const binding = opinions.flatMap(({ policy, verdict }) => (policy.state === 'enabled' ? [verdict.state] : []));
  const decision = binding.includes('missed') ? 'block' : binding.includes('askable') ? 'mfaRequired' : 'grant';
  return { decision, policies: opinions.map(({ policy, verdict }) => applied(policy, verdict)) };
};

type Opinion = Verdict | { readonly state: 'exempt'; readonly words: string };

const ask = (policy: ConditionalAccessPolicy, facts: SignInFacts, place: Place): Opinion => {
  const exemption = findExemption(policy.conditions, facts, place);
  return exemption === undefined ? checkControls(policy.grant, facts, place) : { state: 'exempt', words: exemption };
};

const applied = ({ id, displayName, state }: ConditionalAccessPolicy, verdict: Opinion): AppliedPolicy => {
  const [success, failure] =
    state === 'enabled' ? (['success', 'failure'] as const) : (['reportOnlySuccess', 'reportOnlyFailure'] as const);
  const results = { exempt: 'notApplied', met: success, askable: failure, missed: failure } as const;
  return { id, displayName, result: results[verdict.state], reason: verdict.words };
};
