// authorization: roles, assignments, action and scope in; a decision with its reason out. Pure; imports kernel and arm.
export { actionMatches } from './action.ts';
export { builtInRoles, findBuiltInRole } from './built-in-roles.ts';
export { type Assignment, type Decision, decide, grantedScopes, type Question } from './decide.ts';
export type { Role } from './role.ts';
