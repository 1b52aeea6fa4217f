import type { IdentityProviderStore } from '@holdfast/directory';
import type { Sealer } from '@holdfast/sealing';
import type { AuthorizationCodeStore } from '../codes/authorization-code-store.ts';
import type { DeviceCodeStore } from '../device-code/device-code-store.ts';
import type { Federation } from '../federation/federation.ts';
import type { PersonServices } from '../people/person-services.ts';
import type { SignInLog } from '../sign-in-log/write-down.ts';
import type { GuessLimits } from './guess-limits.ts';
import type { InteractionSeal } from './interaction-seal.ts';
import type { PasswordGate } from './password-gate.ts';
import type { SessionStore } from './session-store.ts';

/** What the pages work with. */
export interface SignInServices extends PersonServices {
  readonly sessions: SessionStore;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly deviceCodes: DeviceCodeStore;
  readonly providers: IdentityProviderStore;
  readonly federation: Federation;
  readonly limits: GuessLimits;
  readonly passwords: PasswordGate;
  readonly seal: InteractionSeal;
  readonly sealer: Sealer;
  readonly signInLog: SignInLog;
}
