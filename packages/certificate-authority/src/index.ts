// certificate-authority: a private P-256 authority and the two kinds of certificate it issues: for our own TLS endpoints
// and for machine identity keys. Its key comes from and goes back to the caller, who seals it. Server packages may import it.
export { type Authority, type AuthorityKeys, openAuthority } from './authority.ts';
export { createAuthority, type NewAuthority } from './create-authority.ts';
export type { MachineCertificate, MachineCertificateRequest } from './issue-machine-certificate.ts';
export type { ServerCertificate, ServerCertificateRequest } from './issue-server-certificate.ts';
