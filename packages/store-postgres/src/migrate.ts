import { type Kysely, sql } from 'kysely';
import { type MigrationProvider, Migrator } from 'kysely/migration';
import { type MigrationFile, readMigrationFiles } from './migration-files.ts';
import type { Database } from './rows.ts';

const ownFolder = new URL('./migrations/', import.meta.url);

/**
 * Brings the database to this program's version; forward only. Programs that start together take turns by the
 * Migrator's lock. A database that a newer program has migrated is left as it is.
 * @throws when the newer program's migration is one that this program cannot live with, or one fails
 */
export const migrate = async (db: Kysely<Database>, folder: URL = ownFolder): Promise<void> => {
  const files = await readMigrationFiles(folder);
  const known = new Set(files.map((file) => file.name));
  const newer = (await listApplied(db)).filter((name) => !known.has(name));
  refuseBreaking(newer);
  const { error } = await new Migrator({ db, provider: providerOf(files, newer) }).migrateToLatest();
  if (error !== undefined) throw error;
};

/** The name of a breaking migration is recorded with this mark, by which an older program knows it. */
const breakingMark = '!';

const refuseBreaking = (newer: readonly string[]): void => {
  const breaking = newer.filter((name) => name.endsWith(breakingMark));
  if (breaking.length === 0) return;
  throw new Error(
    `the database was migrated by a newer version of Holdfast (${breaking.join(', ')}) and this version would damage it: ` +
      'start the newer version, or restore a backup from before the upgrade',
  );
};

/** Newer migrations are there already; the Migrator only has to know of them. */
const providerOf = (files: readonly MigrationFile[], newer: readonly string[]): MigrationProvider => ({
  getMigrations: async () =>
    Object.fromEntries([
      ...files.map(({ name, text }) => [name, { up: (db: Kysely<unknown>) => run(db, text) }] as const),
      ...newer.map((name) => [name, { up: async () => {} }] as const),
    ]),
});

const run = async (db: Kysely<unknown>, text: string): Promise<void> => {
  await sql`set local statement_timeout = 0`.execute(db);
  await sql.raw(text).execute(db);
};

const listApplied = async (db: Kysely<Database>): Promise<readonly string[]> => {
  const found = await sql<{ present: boolean }>`
    select to_regclass('kysely_migration') is not null as present`.execute(db);
  if (found.rows[0]?.present !== true) return [];
  const applied = await sql<{ name: string }>`select kysely_migration.name from kysely_migration`.execute(db);
  return applied.rows.map((row) => row.name);
};
