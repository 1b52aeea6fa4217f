import type { Uuid } from '@holdfast/kernel';
import type { PresentedKind, SignInFlow } from './policy.ts';

/** What is known of a sign-in when policies are asked. */
export interface SignInFacts {
  readonly principal: UserFacts | WorkloadFacts;
  /** Every name of what the token is for: its audience and, where it is known, its application's id. */
  readonly resource: readonly string[];
  /** Network address of the sender. */
  readonly address: string;
  readonly credential: PresentedKind;
  readonly flow: SignInFlow;
}

export interface UserFacts {
  readonly kind: 'user';
  readonly id: Uuid;
  /** Groups within groups count as well. */
  readonly groups: readonly Uuid[];
  /** Directory roles, those of the groups included. */
  readonly roles: readonly string[];
  /**
   * Whether a second factor was given. `possible` where the person can still be asked for one, be it by sending the program
   * back to the browser; `impossible` where nothing the person does could help.
   */
  readonly mfa: 'done' | 'possible' | 'impossible';
}

export interface WorkloadFacts {
  readonly kind: 'workload';
  /** The service principal's. */
  readonly id: Uuid;
}
