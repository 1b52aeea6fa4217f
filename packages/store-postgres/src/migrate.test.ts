import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTestDatabase } from '@holdfast/testkit';
import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';

const { db } = await createTestDatabase({ empty: true });

const folders: string[] = [];
const folderWith = async (files: Record<string, string>) => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-migrations-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return pathToFileURL(`${folder}/`);
};
const first = { '0001_first.sql': 'create table thing (id integer); insert into thing values (1);' };
const second = { '0002_second.sql': '-- not breaking\nalter table thing add column name text;' };
const breaking = { '0002_breaking.sql': '--! breaking-change\nalter table thing drop column id;' };
const failing = { '0002_failing.sql': 'insert into thing values (2); select 1 / 0;' };

afterEach(async () => {
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

describe('migrate', () => {
  test('programs that start together migrate once', async () => {
    const folder = await folderWith(first);
    await Promise.all([migrate(db, folder), migrate(db, folder), migrate(db, folder)]);
    expect((await sql`select thing.id from thing`.execute(db)).rows).toEqual([{ id: 1 }]);
  });

  test('an older program runs on what a newer one has migrated, and leaves it', async () => {
    await migrate(db, await folderWith({ ...first, ...second }));
    await migrate(db, await folderWith(first));
    expect((await sql`select thing.name from thing`.execute(db)).rows).toEqual([{ name: null }]);
  });

  test('an older program refuses what a newer one has broken, and says so', async () => {
    await migrate(db, await folderWith({ ...first, ...breaking }));
    await expect(migrate(db, await folderWith(first))).rejects.toThrow(/newer version of Holdfast \(0002_breaking!\)/);
    await migrate(db, await folderWith({ ...first, ...breaking }));
  });

  test('a migration that fails leaves nothing, and may be repeated', async () => {
    const folder = await folderWith({ ...first, ...failing });
    await expect(migrate(db, folder)).rejects.toThrow('division by zero');
    await migrate(db, await folderWith({ ...first, ...second }));
    expect((await sql`select thing.id from thing`.execute(db)).rows).toEqual([{ id: 1 }]);
  });

  test.each([
    ['a name without a number', { 'what.sql': '' }],
    ['a number used twice', { ...second, ...breaking }],
  ])('%s is refused before anything is done', async (_what, files) => {
    await expect(migrate(db, await folderWith({ ...first, ...files }))).rejects.toThrow();
    expect((await sql`select to_regclass('thing') as thing`.execute(db)).rows).toEqual([{ thing: null }]);
  });

  test('every table says what it is for', async () => {
    await migrate(db);
    const silent = await sql<{ relname: string }>`
      select pg_class.relname from pg_class
      where pg_class.relnamespace = 'public'::regnamespace
        and pg_class.relkind = 'r'
        and pg_class.relname not like 'kysely%'
        and obj_description(pg_class.oid) is null`.execute(db);
    expect(silent.rows).toEqual([]);
  });
});
