import type { Uuid } from '@holdfast/kernel';
import type { Client } from './application/client.ts';
import type { Tenant } from './tenant/tenant.ts';
import type { User } from './user/user.ts';

/** An application and its service principal, made together. */
export interface NewServicePrincipal extends Client {
  /** The application object's own id, which is neither its `appId` nor the service principal's id. */
  readonly applicationObjectId: Uuid;
  readonly createdAt: Date;
}

/** What the first start and the administrator's command write. */
export interface DirectoryWriter {
  createTenant(tenant: Tenant): Promise<void>;
  updateTenant(tenant: Tenant): Promise<void>;
  createUser(user: User): Promise<void>;
  createServicePrincipal(principal: NewServicePrincipal): Promise<void>;
  listServicePrincipals(tenantId: Uuid): Promise<readonly Client[]>;
  /** Takes the application, its credentials and directory roles with it; false when there was none. */
  deleteServicePrincipal(tenantId: Uuid, objectId: Uuid): Promise<boolean>;
}
