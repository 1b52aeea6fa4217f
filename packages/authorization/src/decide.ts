import { type Scope, scopeCovers } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import { actionMatches } from './action.ts';
import type { Role } from './role.ts';

/** One grant: a role held by a principal at a scope and everything below it. */
export interface Assignment {
  readonly id: Uuid;
  readonly roleId: Uuid;
  readonly principalId: Uuid;
  readonly scope: Scope;
}

export type Decision =
  | { readonly allowed: true; readonly because: { readonly assignment: Assignment; readonly role: Role } }
  | { readonly allowed: false; readonly missing: { readonly action: string | undefined; readonly scope: Scope } };

export interface Question {
  /** The grants of the caller, at any scope. */
  readonly assignments: readonly Assignment[];
  readonly roles: ReadonlyMap<Uuid, Role>;
  /** Undefined asks whether anything at all is granted. */
  readonly action: string | undefined;
  readonly scope: Scope;
}

/** Whether the action is granted at the scope, and by what. Nothing granted means denied. */
export const decide = (question: Question): Decision => {
  for (const assignment of question.assignments) {
    const role = question.roles.get(assignment.roleId);
    if (role !== undefined && scopeCovers(assignment.scope, question.scope) && roleGrants(role, question.action)) {
      return { allowed: true, because: { assignment, role } };
    }
  }
  return { allowed: false, missing: { action: question.action, scope: question.scope } };
};

/**
 * The scopes at or below `question.scope` where the action is granted: the scope itself when it is granted
 * there, else the granted places below it. For collections, which answer with what the caller may see.
 */
export const grantedScopes = (question: Question): readonly Scope[] => {
  if (decide(question).allowed) return [question.scope];
  const below = question.assignments.filter((assignment) => {
    const role = question.roles.get(assignment.roleId);
    return role !== undefined && scopeCovers(question.scope, assignment.scope) && roleGrants(role, question.action);
  });
  return [...new Set(below.map((assignment) => assignment.scope))];
};

const roleGrants = (role: Role, action: string | undefined): boolean =>
  action === undefined ||
  (role.actions.some((pattern) => actionMatches(pattern, action)) &&
    !role.notActions.some((pattern) => actionMatches(pattern, action)));
