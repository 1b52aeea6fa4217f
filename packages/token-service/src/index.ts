// token-service: who may have a token, and the tokens. It declares the ports it reads through; store-postgres implements
// them and the control plane composes it. Nobody else imports it: tokens are verified by metadata and keys alone.
export type { AuthorizationCode, AuthorizationCodeStore, PersonGrant } from './codes/authorization-code-store.ts';
export type { DeviceCode, DeviceCodeStore, DeviceDecision, DevicePoll } from './device-code/device-code-store.ts';
export { federatedRedirectUri } from './federation/federation.ts';
export { createKeyRing, type KeyRing, type KeyRingOptions } from './keys/key-ring.ts';
export { type KeyChange, type RotationQuestion, signingAlgorithms } from './keys/plan-rotation.ts';
export { type Rotation, rotateSigningKeys } from './keys/rotate-signing-keys.ts';
export { type NewSigningKey, newSigningKey } from './keys/signing-key.ts';
export type { SigningAlgorithm, SigningKeyStore, StoredSigningKey } from './keys/signing-key-store.ts';
export type { ChangeUser } from './people/person-services.ts';
export type {
  FoundRefreshToken,
  RefreshFamily,
  RefreshToken,
  RefreshTokenStore,
} from './refresh/refresh-token-store.ts';
export type { GuessStore } from './sign-in/guess-store.ts';
export type { Authentication, AuthenticationMethod, Session, SessionStore } from './sign-in/session-store.ts';
export type { NewSignIn, SignInMetrics } from './sign-in-log/new-sign-in.ts';
export { createSignInRecorder, type SignInRecorder, type SignInRecorderOptions } from './sign-in-log/recorder.ts';
export { type TokenRoutesOptions, tokenRoutes } from './token-routes.ts';
export { agentAudience } from './tokens/agent-audience.ts';
export { issuerOf, type TokenVersion } from './tokens/issuer-names.ts';
export {
  type AppTokenRequest,
  appTokenSeconds,
  type CredentialKind,
  createTokenIssuer,
  type IssuedToken,
  type MachineTokenRequest,
  machineTokenSeconds,
  type TokenIssuer,
  type TokenIssuerOptions,
} from './tokens/token-issuer.ts';
