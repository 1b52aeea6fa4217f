import type { Uuid } from '@holdfast/kernel';
import type { Client } from './client.ts';
import type { DirectoryRoleId } from './directory-role.ts';
import type { Tenant } from './tenant.ts';
import type { User } from './user.ts';

/** An application and its service principal, made together. */
export interface NewServicePrincipal extends Client {
  /** The application object's own id, which is neither its `appId` nor the service principal's id. */
  readonly applicationObjectId: Uuid;
  readonly createdAt: Date;
}

export interface DirectoryRoleAssignment {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** A user's id or a service principal's object id. */
  readonly principalId: Uuid;
  readonly roleId: DirectoryRoleId;
}

/** What the first start and the administrator's command write. */
export interface DirectoryWriter {
  createTenant(tenant: Tenant): Promise<void>;
  createUser(user: User): Promise<void>;
  createServicePrincipal(principal: NewServicePrincipal): Promise<void>;
  listServicePrincipals(tenantId: Uuid): Promise<readonly Client[]>;
  /** Takes the application, its credentials and directory roles with it; false when there was none. */
  deleteServicePrincipal(tenantId: Uuid, objectId: Uuid): Promise<boolean>;
  assignDirectoryRole(assignment: DirectoryRoleAssignment): Promise<void>;
}
