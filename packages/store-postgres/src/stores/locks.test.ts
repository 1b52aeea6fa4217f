import { createDirectoryFixtures, createFixtures, createTestDatabase, putTenant } from '@holdfast/testkit';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { runInTransaction, type Stores } from '../index.ts';

const { db, stores } = await createTestDatabase();
const fixtures = createFixtures('locks');
const directory = createDirectoryFixtures(fixtures);

interface Lockable {
  lock(within: Stores): Promise<unknown>;
  /** What waits for the lock. */
  change(within: Stores): Promise<unknown>;
  /** What does not. */
  refer(): Promise<unknown>;
}

const tenant = await putTenant(stores, fixtures);

const lockables: Record<string, () => Promise<Lockable>> = {
  user: async () => {
    const user = fixtures.user(tenant);
    await stores.users.insert(user);
    return {
      lock: (within) => within.users.find(tenant.id, user.id, { lock: true }),
      change: (within) => within.users.update({ ...user, displayName: 'x' }),
      refer: () => stores.consents.put(directory.consent(tenant, { userId: user.id })),
    };
  },
  group: async () => {
    const group = directory.group(tenant);
    await stores.groups.insert(group);
    return {
      lock: (within) => within.groups.find(tenant.id, group.id, { lock: true }),
      change: (within) => within.groups.update({ ...group, displayName: 'x' }),
      refer: () => stores.memberships.add({ tenantId: tenant.id, groupId: group.id, memberId: fixtures.id() }),
    };
  },
  application: async () => {
    const application = directory.application(tenant);
    await stores.applications.insert(application);
    return {
      lock: (within) => within.applications.find(tenant.id, application.id, { lock: true }),
      change: (within) => within.applications.update({ ...application, displayName: 'x' }),
      refer: () => stores.servicePrincipals.insert(directory.principalOf(application)),
    };
  },
  'service principal': async () => {
    const application = directory.application(tenant);
    const principal = directory.principalOf(application);
    await stores.applications.insert(application);
    await stores.servicePrincipals.insert(principal);
    return {
      lock: (within) => within.servicePrincipals.find(tenant.id, principal.id, { lock: true }),
      change: (within) => within.servicePrincipals.update({ ...principal, displayName: 'x' }),
      refer: () => stores.servicePrincipals.find(tenant.id, principal.id),
    };
  },
  "tenant's signing keys": async () => {
    const { id } = await putTenant(stores, fixtures);
    return {
      lock: (within) => within.signingKeys.lockForRotation(id),
      change: (within) => within.signingKeys.lockForRotation(id),
      refer: () => stores.groups.insert(directory.group({ ...tenant, id })),
    };
  },
};

const untilOneWaits = async (): Promise<void> => {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { rows } = await sql`
      select from pg_stat_activity
      where pg_stat_activity.datname = current_database() and pg_stat_activity.wait_event_type = 'Lock'`.execute(db);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('nobody waits');
};

describe('locks', () => {
  test.each(Object.keys(lockables))(
    'a locked %s is not changed until the transaction ends, but referred to',
    async (what) => {
      const lockable = await lockables[what]?.();
      if (lockable === undefined) throw new Error(`nothing is called ${what}`);
      const order: string[] = [];
      let change: Promise<unknown> = Promise.resolve();
      await runInTransaction(db, async (within) => {
        await lockable.lock(within);
        change = runInTransaction(db, lockable.change).then(() => order.push('changed'));
        await lockable.refer();
        order.push('unlocked');
      });
      await change;
      expect(order).toEqual(['unlocked', 'changed']);
    },
  );

  test('who waited for an application sees the credentials that were added meanwhile', async () => {
    const application = directory.application(tenant);
    await stores.applications.insert(application);
    const secret = directory.secret();
    const find = (within: Stores) => within.applications.find(tenant.id, application.id, { lock: true });
    let later: Promise<unknown> = Promise.resolve();
    await runInTransaction(db, async (within) => {
      await find(within);
      later = runInTransaction(db, find);
      await untilOneWaits();
      await within.credentials.addSecret({ tenantId: tenant.id, applicationId: application.id }, secret);
    });
    expect(await later).toEqual({ ...application, secrets: [secret] });
  });
});
