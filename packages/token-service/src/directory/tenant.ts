import type { Uuid } from '@holdfast/kernel';

/** One organisation's directory. No token, key or name of one is usable in another. */
export interface Tenant {
  readonly id: Uuid;
  readonly displayName: string;
  /** The verified domain it is also found by, lower case. */
  readonly defaultDomain: string;
}
