// provider-authorization: roles, and grants of them (Microsoft.Authorization). It owns the ports it needs; compose.ts plugs them.
export { type AuthorizationDependencies, authorizationHandlers } from './handlers.ts';
export type { ResourcePlace } from './place/place.ts';
export type { Places } from './place/places.ts';
export type { Principals, PrincipalType } from './principals.ts';
export type {
  NewRoleAssignment,
  RoleAssignment,
  RoleAssignmentQuery,
  RoleAssignmentStore,
} from './role-assignment/role-assignment.ts';
