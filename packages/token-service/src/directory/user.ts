import type { Uuid } from '@holdfast/kernel';

/** A person who signs in. */
export interface User {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** `name@domain`; unique in the tenant without letter case. */
  readonly userPrincipalName: string;
  readonly displayName: string;
  /** As {@link hashPassword} made it (PHC string). */
  readonly passwordHash: string;
  readonly enabled: boolean;
  readonly createdAt: Date;
}
