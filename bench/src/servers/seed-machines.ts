import { generateKeyPairSync } from 'node:crypto';
import type pg from 'pg';
import { factsOf } from '../load/machine-facts.ts';
import type { ControlPlane } from './control-plane.ts';
import { withDatabase } from './database.ts';

export interface Seed {
  readonly machines: number;
  readonly machinesInGroup: number;
}

export const seededGroup = (at: number): string => `group-${String(at).padStart(5, '0')}`;
export const seededMachine = (at: number): string => `machine-${String(at).padStart(6, '0')}`;

/** A place in each fact where the machine's own name goes. */
const nameMark = 'MACHINE-NAME';

/**
 * Writes connected machines straight into the tables, in an order that has nothing to do with their names: servers do
 * not connect alphabetically, and a page read in the order of its rows on disk would flatter.
 */
export const seedMachines = ({ dataFolder, bootstrap }: ControlPlane, { machines, machinesInGroup }: Seed) =>
  withDatabase(dataFolder, async (client) => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const place = [bootstrap.tenantId, bootstrap.subscriptionId];
    const run = (text: string, values: readonly unknown[]) => client.query(text, [...values]);
    await client.query('begin');
    await run(newMachines, [...place, machines, machinesInGroup]);
    await run(groups, [...place, bootstrap.location]);
    await run(principals, []);
    await run(machineRows, [bootstrap.location, key]);
    await run(liveness, []);
    await run(facts, [JSON.stringify(factsOf(nameMark)), nameMark]);
    await client.query('commit');
    await client.query('analyze');
    return tableSizes(client);
  });

const newMachines = `
  create temporary table new_machine on commit drop as
  select
    at, $1::uuid as tenant_id, $2::uuid as subscription_id,
    'group-' || lpad((at / $4::int)::text, 5, '0') as group_key,
    'machine-' || lpad(at::text, 6, '0') as name_key,
    gen_random_uuid() as machine_id, gen_random_uuid() as principal_id, gen_random_uuid() as client_id
  from generate_series(0, $3::int - 1) as at
  order by md5(at::text)`;

const groups = `
  insert into resource_group
    (tenant_id, subscription_id, group_key, name, location, tags, created_at, changed_at, version)
  select distinct $1::uuid, $2::uuid, group_key, group_key, $3::text, '{}'::jsonb, now(), now(), 1 from new_machine`;

const principals = `
  insert into service_principal
    (tenant_id, principal_id, app_id, kind, display_name, enabled, permissions, created_at)
  select tenant_id, principal_id, client_id, 'ManagedIdentity', name_key, true, '{}', now() from new_machine`;

const machineRows = `
  insert into machine
    (machine_id, tenant_id, subscription_id, group_key, name_key, name, location, tags, vm_id, principal_id, client_id,
      public_key, key_id, settings, created_by, created_by_type, created_at,
      last_modified_by, last_modified_by_type, last_modified_at, version)
  select
    machine_id, tenant_id, subscription_id, group_key, name_key, name_key, $1::text,
    '{"environment":"production","site":"north"}', gen_random_uuid(), principal_id, client_id,
    $2::text, rtrim(translate(encode(sha256(name_key::bytea), 'base64'), '+/', '-_'), '='), '{}',
    'bench', 'Application', now(), 'bench', 'Application', now(), 1
  from new_machine`;

const liveness = `
  insert into machine_liveness
    (machine_id, counter, beat_id, agent_version, last_heartbeat_at, connected_since, certificate_not_after,
      host_name, boot_id)
  select
    machine_id, 10, gen_random_uuid(), '0.1.0', now(), now() - interval '1 day', now() + interval '80 days',
    name_key, machine_id::text
  from new_machine`;

const facts = `
  insert into machine_facts (machine_id, facts, digest, reported_at)
  select machine_id, replace($1::text, $2::text, name_key)::jsonb, encode(sha256(name_key::bytea), 'hex'), now()
  from new_machine`;

const tableSizes = async (client: pg.Client): Promise<Record<string, number>> => {
  const { rows } = await client.query<{ name: string; megabytes: string }>(`
    select relname as name, round(pg_total_relation_size(oid) / 1024.0 / 1024.0, 1) as megabytes
    from pg_class where relname in ('machine', 'machine_liveness', 'machine_facts')`);
  return Object.fromEntries(rows.map(({ name, megabytes }) => [`${name}Mb`, Number(megabytes)]));
};
