import type { Uuid } from '@holdfast/kernel';

/** A person who signs in. */
export interface User {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** `name@domain`; unique in the tenant without letter case. */
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly profile: UserProfile;
  /** As `hashPassword` made it (PHC string); undefined for a person who signs in elsewhere only. */
  readonly passwordHash: string | undefined;
  /** The next sign-in with the password must choose another. */
  readonly mustChangePassword: boolean;
  readonly passwordChangedAt: Date;
  readonly enabled: boolean;
  readonly totp: TotpEnrolment | undefined;
  readonly external: ExternalIdentity | undefined;
  /** Tokens and sessions begun before this no longer count. */
  readonly tokensValidFrom: Date;
  readonly createdAt: Date;
}

/** What else the directory says of a person; all of it optional, none of it decides anything. */
export interface UserProfile {
  readonly mailNickname?: string;
  readonly givenName?: string;
  readonly surname?: string;
  readonly mail?: string;
  readonly jobTitle?: string;
  readonly department?: string;
  readonly officeLocation?: string;
  readonly mobilePhone?: string;
  readonly preferredLanguage?: string;
}

/** A time-based one-time password (RFC 6238), shared with the person's authenticator. */
export interface TotpEnrolment {
  /** The base32 secret, sealed under `totpLabel`. */
  readonly sealedSecret: Uint8Array;
  /** The last time step that was used: a code counts once. */
  readonly lastStep: number;
}

/** Who the person is at the OpenID provider that signs them in. */
export interface ExternalIdentity {
  readonly providerId: Uuid;
  readonly subject: string;
}
