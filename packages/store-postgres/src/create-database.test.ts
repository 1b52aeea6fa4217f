import { createTestDatabase } from '@holdfast/testkit';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createDatabaseIfMissing } from './create-database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

const { superuser } = await createTestDatabase({ empty: true });
const name = `${superuser.database}_made`;
const wanted = { superuser, role: name, password: "it's", database: name };

afterAll(async () => {
  const client = new pg.Client({ ...superuser });
  await client.connect();
  await client.query(`drop database ${name}`);
  await client.query(`drop role ${name}`);
  await client.end();
});

test('replicas that start together make one database, whose owner is no superuser and can migrate it', async () => {
  await Promise.all([createDatabaseIfMissing(wanted), createDatabaseIfMissing(wanted)]);
  await createDatabaseIfMissing({ ...wanted, password: 'changed' });
  const connection = { ...superuser, user: name, password: 'changed', database: name };
  const { db, pool, close } = openDatabase({ connection, poolSize: 1, namedStatements: true });
  try {
    await migrate(db);
    const roles = await pool.query('select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = $1', [
      name,
    ]);
    expect(roles.rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
  } finally {
    await close();
  }
});
