import { addMs, days, minutes } from '@holdfast/kernel';
import type { SigningAlgorithm, StoredSigningKey } from './signing-key-store.ts';

export interface RotationPolicy {
  /** How long a key signs. */
  readonly period: number;
  /** How long a key is published before it signs, so that whoever verifies has it by then. */
  readonly publishAhead: number;
  /** How long the last token that a key signed may live. */
  readonly longestToken: number;
  /** For clocks that differ, here and at those who verify. */
  readonly slack: number;
}

/** Machines' tokens live for a day. */
export const rotationPolicy: RotationPolicy = {
  period: days(90),
  publishAhead: days(1),
  longestToken: days(1),
  slack: minutes(60),
};

/** What a plan looks at in a key. */
export type PlannedKey = Pick<StoredSigningKey, 'kid' | 'algorithm' | 'signsFrom' | 'retiresAt'>;

export type KeyChange =
  | { readonly kind: 'add'; readonly algorithm: SigningAlgorithm; readonly signsFrom: Date }
  | { readonly kind: 'retire'; readonly kid: string; readonly retiresAt: Date };

export interface RotationQuestion {
  readonly keys: readonly PlannedKey[];
  readonly now: Date;
  readonly policy: RotationPolicy;
  /** Algorithms whose next key is wanted before its time: at once, or published ahead as usual. */
  readonly wanted?: { readonly algorithms: readonly SigningAlgorithm[]; readonly atOnce: boolean };
}

export const signingAlgorithms: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

/** What to change in one tenant's keys now. Without a change of time or of keys, the plan after it is empty. */
export const planRotation = (question: RotationQuestion): readonly KeyChange[] =>
  signingAlgorithms.flatMap((algorithm) => {
    const isLive = (key: PlannedKey) => key.algorithm === algorithm && !isRetired(key, question.now);
    const live = question.keys.filter(isLive).toSorted((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());
    const signsFrom = wantedFrom(question, algorithm) ?? nextSignsFrom(live, question);
    const added: KeyChange[] = signsFrom === undefined ? [] : [{ kind: 'add', algorithm, signsFrom }];
    return [...added, ...retirements(live, signsFrom, question.policy)];
  });

export const isRetired = ({ retiresAt }: Pick<PlannedKey, 'retiresAt'>, now: Date): boolean =>
  retiresAt !== undefined && retiresAt <= now;

const wantedFrom = ({ wanted, now, policy }: RotationQuestion, algorithm: SigningAlgorithm): Date | undefined => {
  if (wanted === undefined || !wanted.algorithms.includes(algorithm)) return undefined;
  return wanted.atOnce ? now : addMs(now, policy.publishAhead);
};

const nextSignsFrom = (live: readonly PlannedKey[], { now, policy }: RotationQuestion): Date | undefined => {
  const newest = live.at(-1);
  // A tenant of before this algorithm, or one whose key was revoked: nothing can be published ahead.
  if (newest === undefined || live.every(({ signsFrom }) => signsFrom > now)) return now;
  const due = addMs(newest.signsFrom, policy.period);
  const soonest = addMs(now, policy.publishAhead);
  if (due > soonest) return undefined;
  return soonest;
};

/** Each key is published until the last token it signed before its successor took over has expired. */
const retirements = (
  live: readonly PlannedKey[],
  added: Date | undefined,
  { longestToken, slack }: RotationPolicy,
): readonly KeyChange[] => {
  const starts = [...live.map(({ signsFrom }) => signsFrom), ...(added === undefined ? [] : [added])];
  return live.flatMap(({ kid, signsFrom, retiresAt }) => {
    const successor = starts.filter((start) => start > signsFrom).toSorted((a, b) => a.getTime() - b.getTime())[0];
    if (successor === undefined || retiresAt !== undefined) return [];
    return [{ kind: 'retire', kid, retiresAt: addMs(successor, longestToken + slack) }];
  });
};
