// directory: who exists in a tenant and what they may do to it: people, groups, applications, roles, conditional access and the
// sign-in log, with the ports that keep them. Any server package may import it; it imports kernel and sealing only.
export type { Application, ServicePrincipal } from './application/application.ts';
export type { ApplicationField, ApplicationStore } from './application/application-store.ts';
export { type Client, noRedirectUris, type RedirectUris } from './application/client.ts';
export type { Consent, ConsentStore } from './application/consent-store.ts';
export type { OwnerStore, Ownership } from './application/owner-store.ts';
export type { ServicePrincipalField, ServicePrincipalStore } from './application/service-principal-store.ts';
export type { ConditionalAccessStore } from './conditional-access/conditional-access-store.ts';
export { type Evaluation, evaluate } from './conditional-access/evaluate.ts';
export { allTrusted } from './conditional-access/locate.ts';
export { type Cidr, parseCidr } from './conditional-access/parse-cidr.ts';
export type {
  ConditionalAccessPolicy,
  GrantControl,
  GrantControls,
  NamedLocation,
  PolicyConditions,
  PresentedKind,
  Selection,
  SignInFlow,
} from './conditional-access/policy.ts';
export type { SignInFacts, UserFacts, WorkloadFacts } from './conditional-access/sign-in-facts.ts';
export { readClientCertificate } from './credentials/client-certificate.ts';
export { type NewClientSecret, newClientSecret, sha256Of } from './credentials/client-secret.ts';
export type { ClientCertificate, ClientSecret, FederatedCredential } from './credentials/credential.ts';
export type { CredentialPlace, CredentialStore, EndingCredential } from './credentials/credential-store.ts';
export type { Condition, DirectoryQuery, Page } from './directory-query.ts';
export type { DirectoryStore, Standing } from './directory-store.ts';
export type { DirectoryWriter, NewServicePrincipal } from './directory-writer.ts';
export type { DirectoryObject, DirectoryObjectKind, Group } from './group/group.ts';
export type { GroupField, GroupStore } from './group/group-store.ts';
export type { Membership, MembershipStore } from './group/membership-store.ts';
export {
  type IdentityProvider,
  type IdentityProviderStore,
  identityProviderLabel,
} from './identity-provider/identity-provider.ts';
export {
  builtInDirectoryRoles,
  type DirectoryRole,
  type DirectoryRoleId,
  directoryRoles,
  findDirectoryRole,
} from './roles/directory-role.ts';
export type { DirectoryRoleAssignment, DirectoryRoleStore } from './roles/directory-role-store.ts';
export type { AppliedPolicy, SignIn, SignInOutcome, SignInPrincipal } from './sign-in-log/sign-in.ts';
export type { CredentialUse, SignInField, SignInQuery, SignInStore } from './sign-in-log/sign-in-store.ts';
export { defaultTenantPolicy, type Tenant, type TenantPolicy } from './tenant/tenant.ts';
export { checkPassword } from './user/check-password.ts';
export { hashPassword, needsRehash, verifyDecoy, verifyPassword } from './user/hash-password.ts';
export { newPassword } from './user/new-password.ts';
export { matchTotp, newTotpSecret, totpLabel, totpUri } from './user/totp.ts';
export type { ExternalIdentity, TotpEnrolment, User, UserProfile } from './user/user.ts';
export type { UserField, UserStore } from './user/user-store.ts';
