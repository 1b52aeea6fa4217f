import type { SignIn, SignInFlow, SignInOutcome } from '@holdfast/directory';

/** What the endpoints say of a sign-in. There is no field for a secret: credentials have a kind and an id. */
export type NewSignIn = Omit<SignIn, 'id' | 'at' | 'count' | 'lastAt'>;

/** Counts sign-ins for whoever watches the service. */
export interface SignInMetrics {
  count(signIn: { readonly flow: SignInFlow; readonly outcome: SignInOutcome }): void;
}
