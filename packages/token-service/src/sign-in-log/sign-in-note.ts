import type { AppliedPolicy, SignIn, SignInFlow, SignInPrincipal } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';

/** What is found out about a sign-in on its way; each step fills in what it learns, the end makes an entry of it. */
export interface SignInNote {
  readonly at: Date;
  readonly correlationId: Uuid;
  readonly address: string;
  readonly userAgent: string;
  flow: SignInFlow;
  /** A sign-in at no tenant is in no tenant's log. */
  tenantId: Uuid | undefined;
  principal: SignInPrincipal;
  app: SignIn['app'];
  resource: string | undefined;
  credential: SignIn['credential'];
  mfa: boolean;
  policies: readonly AppliedPolicy[];
  /** Its success stands in the log already: a code continues the sign-in on the pages. */
  continued: boolean;
}

export const newSignInNote = (
  start: Pick<SignInNote, 'at' | 'correlationId' | 'address' | 'userAgent' | 'flow'>,
): SignInNote => ({
  ...start,
  tenantId: undefined,
  principal: { kind: 'unknown', id: undefined, name: '' },
  app: { appId: undefined, displayName: '' },
  resource: undefined,
  credential: { kind: 'none', id: undefined },
  mfa: false,
  policies: [],
  continued: false,
});
