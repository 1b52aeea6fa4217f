import { rootScope } from '@holdfast/arm';
import { findBuiltInRole } from '@holdfast/authorization';
import { directoryRoles } from '@holdfast/directory';
import { newUuid, type Random, type Uuid } from '@holdfast/kernel';
import type { Stores } from '@holdfast/store-postgres';

export interface WholeGrant {
  readonly tenantId: Uuid;
  readonly principalId: Uuid;
  readonly createdAt: Date;
  /** What the grant says of who gave it. */
  readonly createdBy: string;
  readonly random: Random;
}

/** Owner of everything in the tenant, and Global Administrator of its directory. */
export const grantEverything = async (
  { roleAssignments, directoryRoles: assignments }: Pick<Stores, 'roleAssignments' | 'directoryRoles'>,
  { random, createdAt, createdBy, ...who }: WholeGrant,
): Promise<void> => {
  const owner = findBuiltInRole('Owner');
  if (owner === undefined) throw new Error('the built-in roles lack Owner');
  const grant = { id: newUuid(random), ...who, roleId: owner.id, scope: rootScope };
  await roleAssignments.insert({ ...grant, createdAt, createdBy });
  await assignments.assign({ id: newUuid(random), ...who, roleId: directoryRoles.globalAdministrator });
};
