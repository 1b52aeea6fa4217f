import type { Scope } from '@holdfast/arm';
import type { Assignment } from '@holdfast/authorization';
import type { Uuid } from '@holdfast/kernel';
import type { PrincipalType } from '../principals.ts';

/** A grant as it is made. */
export interface NewRoleAssignment extends Assignment {
  readonly tenantId: Uuid;
  /** The scope as its creator spelled it; as the scope itself when absent. */
  readonly place?: string;
  readonly description?: string | undefined;
  readonly createdAt: Date;
  /** An object id, or what else made it. */
  readonly createdBy: string;
}

/** A grant as it is read and changed. What it grants, to whom and where never changes. */
export interface RoleAssignment extends Required<NewRoleAssignment> {
  /** As the directory knows the principal; undefined when it does not any more. */
  readonly principalType: PrincipalType | undefined;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** A page of grants at a scope and above it, ordered by id. */
export interface RoleAssignmentQuery {
  readonly tenantId: Uuid;
  readonly scope: Scope;
  /** Those below the scope as well. */
  readonly below: boolean;
  /** Only what this principal holds, with `throughGroups` also what groups hold that it is in, directly or not. */
  readonly holder?: { readonly principalId: Uuid; readonly throughGroups: boolean } | undefined;
  /** Only what holds at these scopes or below them; everything when undefined. */
  readonly within?: readonly Scope[] | undefined;
  readonly after?: Uuid | undefined;
  readonly limit: number;
}

/** Keeps grants. Every question names its tenant. */
export interface RoleAssignmentStore {
  /** `lock` keeps it as it is until the transaction ends. */
  find(tenantId: Uuid, id: Uuid, options?: { lock: boolean }): Promise<RoleAssignment | undefined>;
  /** The id of the grant of that role to that principal at that scope. */
  findEqual(grant: Omit<Assignment, 'id'> & { readonly tenantId: Uuid }): Promise<Uuid | undefined>;
  list(query: RoleAssignmentQuery): Promise<readonly RoleAssignment[]>;
  /** False when the id is taken, or the principal holds that role at that scope already. */
  insert(assignment: NewRoleAssignment): Promise<boolean>;
  /** Writes description, updatedAt and updatedBy. */
  update(assignment: RoleAssignment): Promise<void>;
  /** False when it was gone. */
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
