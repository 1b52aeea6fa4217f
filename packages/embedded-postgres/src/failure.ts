/**
 * Why PostgreSQL could not be started here, as a closed list:
 * - `FolderInUse`: a living process already holds the folder; nothing was touched.
 * - `FolderUnusable`: the folder, its owner or its contents do not allow a start.
 * - `NoBinaries`: no PostgreSQL that the server account could execute.
 * - `StartFailed`: `initdb` or `postgres` gave up; the message ends with what they said.
 */
export type EmbeddedPostgresFailure = 'FolderInUse' | 'FolderUnusable' | 'NoBinaries' | 'StartFailed';

export interface EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresFailure;
}

export const failure = (code: EmbeddedPostgresFailure, message: string, cause?: unknown): EmbeddedPostgresError =>
  Object.assign(new Error(message, { cause }), { code });

/** What a failed system call on the folder means to the one who chose it; other errors stay as they are. */
export const explainSystemError = (error: unknown, folder: string): unknown => {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const remedy = `make it writable, run as the user that owns it, choose another, ${useOwnServer}`;
  return failure('FolderUnusable', `cannot use ${folder} for PostgreSQL (${error.message}): ${remedy}`, error);
};

/** The way out that every message can offer. */
export const useOwnServer = 'or name a PostgreSQL server of your own with --database-url';
