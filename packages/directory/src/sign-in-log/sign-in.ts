import type { Uuid } from '@holdfast/kernel';
import type { PresentedKind, SignInFlow } from '../conditional-access/policy.ts';

/** One entry of the sign-in log. Nothing in it is secret: credentials stand in it by kind and id. */
export interface SignIn {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly at: Date;
  /** How many alike stand for this entry: programs ask often. */
  readonly count: number;
  readonly lastAt: Date;
  readonly correlationId: Uuid;
  readonly flow: SignInFlow;
  readonly principal: SignInPrincipal;
  /** The program that asked. */
  readonly app: { readonly appId: Uuid | undefined; readonly displayName: string };
  readonly resource: string | undefined;
  readonly address: string;
  readonly userAgent: string;
  readonly credential: { readonly kind: PresentedKind | 'none'; readonly id: Uuid | undefined };
  readonly mfa: boolean;
  readonly outcome: SignInOutcome;
  readonly policies: readonly AppliedPolicy[];
}

export interface SignInPrincipal {
  readonly kind: 'user' | 'servicePrincipal' | 'unknown';
  readonly id: Uuid | undefined;
  /** A user name, or a display name; what was typed where nobody bears it. */
  readonly name: string;
}

/** `code` is 0 for success, else the number after `AADSTS`. */
export interface SignInOutcome {
  readonly code: number;
  readonly reason: string;
}

/** What one policy said of a sign-in, and why. */
export interface AppliedPolicy {
  readonly id: Uuid;
  readonly displayName: string;
  readonly result: 'success' | 'failure' | 'notApplied' | 'reportOnlySuccess' | 'reportOnlyFailure';
  readonly reason: string;
}
