// embedded-postgres: a real PostgreSQL server in a folder of ours, its binaries, its cluster, its life and its end.
// It owns the folder it is given and knows nothing of what is stored. Applications import it; no package does.
export type { EmbeddedPostgresError, EmbeddedPostgresFailure } from './failure.ts';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
export type { Superuser } from './superuser.ts';
