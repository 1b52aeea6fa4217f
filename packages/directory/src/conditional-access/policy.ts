import type { Uuid } from '@holdfast/kernel';

/** A rule about sign-ins: whose, to what, from where and with what, and what follows. */
export interface ConditionalAccessPolicy {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly displayName: string;
  /** `reportOnly` decides nothing: the sign-in log says what it would have done. */
  readonly state: 'enabled' | 'disabled' | 'reportOnly';
  readonly conditions: PolicyConditions;
  readonly grant: GrantControls;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

/** A policy applies when every condition does. */
export interface PolicyConditions {
  readonly users: Selection & { readonly includeGroups: readonly Uuid[]; readonly excludeGroups: readonly Uuid[] } & {
    readonly includeRoles: readonly string[];
    readonly excludeRoles: readonly string[];
  };
  /** Object ids of service principals. */
  readonly workloads: Selection;
  /** Resources by audience without a trailing slash, or by application id. */
  readonly resources: Selection;
  /** Ids of named locations, or `allTrusted`; absent applies everywhere. One that no longer exists holds nobody. */
  readonly locations: Selection | undefined;
  /** Absent applies to all; else to sign-ins with one of these. */
  readonly credentialKinds: readonly PresentedKind[] | undefined;
  /** Absent applies to all; else to sign-ins by one of these ways. */
  readonly flows: readonly SignInFlow[] | undefined;
}

export interface Selection {
  readonly include: 'all' | readonly string[];
  readonly exclude: readonly string[];
}

export type PresentedKind = 'password' | 'external' | 'secret' | 'certificate' | 'federated';

export type SignInFlow = 'browser' | 'deviceCode' | 'clientCredentials' | 'refresh';

export type GrantControls =
  | { readonly kind: 'block' }
  | { readonly kind: 'require'; readonly operator: 'AND' | 'OR'; readonly controls: readonly GrantControl[] };

/** `certificate` and `location` are Holdfast's own: a key instead of a secret, and a place among these. */
export type GrantControl =
  | { readonly kind: 'mfa' }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'location'; readonly locationIds: readonly Uuid[] };

/** Networks with a name. */
export interface NamedLocation {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly displayName: string;
  readonly isTrusted: boolean;
  /** CIDR notation, IPv4 and IPv6 (RFC 4632, RFC 4291). */
  readonly ranges: readonly string[];
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}
