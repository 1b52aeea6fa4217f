import { armError } from '@holdfast/arm';
import { parseUuid, type Uuid } from '@holdfast/kernel';

/** The GUID that a client chose for a grant. */
export const assignmentIdOf = ({ roleAssignmentName }: { readonly roleAssignmentName: string }): Uuid => {
  const id = parseUuid(roleAssignmentName);
  if (id.ok) return id.value;
  throw armError('InvalidRoleAssignmentId', { id: roleAssignmentName });
};

/** How ARM writes ids in the messages about grants, and scripts read them: without hyphens. */
export const compact = (id: string): string => id.replaceAll('-', '');
