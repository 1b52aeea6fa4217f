import type { Uuid } from '@holdfast/kernel';
import type { DirectoryObject } from '../group/group.ts';
import type { DirectoryRoleId } from './directory-role.ts';

export interface DirectoryRoleAssignment {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** A user's id, a group's, or a service principal's object id. */
  readonly principalId: Uuid;
  readonly roleId: DirectoryRoleId;
}

export interface DirectoryRoleStore {
  /** Nothing changes when the principal has the role already. */
  assign(assignment: DirectoryRoleAssignment): Promise<void>;
  unassign(tenantId: Uuid, grant: { principalId: Uuid; roleId: DirectoryRoleId }): Promise<boolean>;
  /** The principal's own roles and those of the groups it is in. */
  listOfPrincipal(tenantId: Uuid, principalId: Uuid): Promise<readonly DirectoryRoleId[]>;
  listHolders(tenantId: Uuid, roleId: DirectoryRoleId): Promise<readonly DirectoryObject[]>;
}
