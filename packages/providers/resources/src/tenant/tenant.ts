import type { Uuid } from '@holdfast/kernel';

/** One directory of people and programs with its own subscriptions; nothing is shared between two. */
export interface Tenant {
  readonly id: Uuid;
  readonly displayName: string;
  readonly defaultDomain: string;
}

export interface TenantReader {
  find(id: Uuid): Promise<Tenant | undefined>;
  /** The one created first; undefined in an empty database. */
  first(): Promise<Tenant | undefined>;
}
