import { scopeOf } from '@holdfast/arm';
import type { Assignment } from '@holdfast/authorization';
import { seconds, type Uuid } from '@holdfast/kernel';
import { createFixtures, createManualClock, fixtureTime } from '@holdfast/testkit';
import { expect, test } from 'vitest';
import { createCachedAccess } from './cached-access.ts';

const fixtures = createFixtures('cached-access');
const [tenantId, otherTenantId, principalId] = [fixtures.id(), fixtures.id(), fixtures.id()];
const grant: Assignment = { id: fixtures.id(), roleId: fixtures.id(), principalId, scope: scopeOf('/subscriptions/s') };

const createWorld = () => {
  const clock = createManualClock(fixtureTime);
  let held: readonly Assignment[] = [];
  const asked: string[] = [];
  const access = createCachedAccess(
    {
      listOfPrincipal: async (tenant: Uuid, principal: Uuid) => {
        asked.push(`${tenant} ${principal}`);
        return tenant === tenantId ? held : [];
      },
    },
    clock,
  );
  return { clock, access, asked, hold: (...grants: readonly Assignment[]) => (held = grants) };
};

test('a changed grant is in force after two seconds, and the store is asked no more often', async () => {
  const { clock, access, asked, hold } = createWorld();
  for (const change of [[grant], []]) {
    const before = await access.assignmentsOf(tenantId, principalId);
    hold(...change);
    await clock.advance(seconds(2));
    expect(await access.assignmentsOf(tenantId, principalId)).toEqual(before);
    await clock.advance(1);
    expect(await access.assignmentsOf(tenantId, principalId)).toEqual(change);
  }
  expect(asked.length).toBe(3);
});

test('what one tenant grants is nothing in another', async () => {
  const { access, hold } = createWorld();
  hold(grant);
  expect(await access.assignmentsOf(tenantId, principalId)).toEqual([grant]);
  expect(await access.assignmentsOf(otherTenantId, principalId)).toEqual([]);
});
