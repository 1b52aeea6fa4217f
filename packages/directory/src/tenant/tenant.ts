import type { Uuid } from '@holdfast/kernel';

/** One organisation's directory. No token, key or name of one is usable in another. */
export interface Tenant {
  readonly id: Uuid;
  readonly displayName: string;
  /** The verified domain it is also found by, lower case. User names end in it. */
  readonly defaultDomain: string;
  readonly policy: TenantPolicy;
}

/** What a tenant lets its ordinary users do. */
export interface TenantPolicy {
  readonly usersMayRegisterApplications: boolean;
  /** Whether a user may let an application act in the user's own name. */
  readonly usersMayConsent: boolean;
}

/** What a new tenant begins with: only administrators register applications. */
export const defaultTenantPolicy: TenantPolicy = { usersMayRegisterApplications: false, usersMayConsent: true };
