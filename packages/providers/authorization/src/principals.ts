import type { Uuid } from '@holdfast/kernel';

/** What can hold a grant, in ARM's words. A machine's identity is a service principal. */
export type PrincipalType = 'User' | 'Group' | 'ServicePrincipal';

/** The directory, as far as grants need it. */
export interface Principals {
  find(tenantId: Uuid, id: Uuid): Promise<{ readonly kind: PrincipalType } | undefined>;
}
