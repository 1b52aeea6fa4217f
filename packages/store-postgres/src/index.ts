// store-postgres: the tables, their migrations and the stores over them. It implements the ports that the providers and the
// token service declare; rows never leave it, and it knows nothing of the wire. Applications compose it; no package imports
// it but testkit.
export { createDatabaseIfMissing, type NewDatabase } from './create-database.ts';
export { migrate } from './migrate.ts';
export {
  type Connection,
  type ConnectionParts,
  type DatabaseOptions,
  type OpenDatabase,
  openDatabase,
} from './open-database.ts';
export type { Database } from './rows.ts';
export type { AuthorityStore, StoredAuthority } from './stores/authority-store.ts';
export type { NewRoleAssignment, RoleAssignmentStore } from './stores/role-assignment-store.ts';
export type { ServiceAvailabilityStore, ServicePeriod } from './stores/service-availability-store.ts';
export { createStores, type Stores } from './stores.ts';
export { runInTransaction } from './transaction.ts';
