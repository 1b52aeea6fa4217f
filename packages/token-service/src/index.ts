// token-service: who may have a token, and the tokens. It declares the ports it reads through; store-postgres implements
// them and the control plane composes it. Nobody else imports it: tokens are verified by metadata and keys alone.
export { readClientCertificate } from './client-authentication/client-certificate.ts';
export { type NewClientSecret, newClientSecret } from './client-authentication/client-secret.ts';
export type { Client, ClientCertificate, ClientSecret } from './directory/client.ts';
export { type DirectoryRoleId, directoryRoles } from './directory/directory-role.ts';
export type { DirectoryStore } from './directory/directory-store.ts';
export type { DirectoryRoleAssignment, DirectoryWriter, NewServicePrincipal } from './directory/directory-writer.ts';
export { hashPassword } from './directory/hash-password.ts';
export type { Tenant } from './directory/tenant.ts';
export type { User } from './directory/user.ts';
export { createKeyRing, type KeyRing, type KeyRingOptions } from './keys/key-ring.ts';
export { type NewSigningKey, newSigningKey } from './keys/signing-key.ts';
export type { SigningKeyStore, StoredSigningKey } from './keys/signing-key-store.ts';
export { type TokenRoutesOptions, tokenRoutes } from './token-routes.ts';
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
