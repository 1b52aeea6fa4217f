import type { SignIn } from '@holdfast/directory';
import { addMs, minutes } from '@holdfast/kernel';
import { fixtureTime } from '@holdfast/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { exportSignIns, listSignIns, type SignInFilters } from './list-sign-ins.ts';

const { tools, fixtures, printed } = await createTestAdministration('sign-in-commands', afterAll);
const appId = fixtures.id();

const signIn = (minute: number, changes: Partial<SignIn> = {}): SignIn => ({
  id: fixtures.id(),
  tenantId: tools.tenant.id,
  at: addMs(fixtureTime, minutes(minute)),
  count: 1,
  lastAt: addMs(fixtureTime, minutes(minute)),
  correlationId: fixtures.id(),
  flow: 'browser',
  principal: { kind: 'user', id: fixtures.id(), name: 'ada@example.com' },
  app: { appId: fixtures.id(), displayName: 'Portal' },
  resource: 'https://holdfast.example',
  address: '192.0.2.7',
  userAgent: 'browser',
  credential: { kind: 'password', id: undefined },
  mfa: false,
  outcome: { code: 0, reason: '' },
  policies: [],
  ...changes,
});

const entries = [
  signIn(0),
  signIn(1, { outcome: { code: 50126, reason: 'wrong' } }),
  signIn(2, { principal: { kind: 'user', id: fixtures.id(), name: 'bob@example.com' } }),
  signIn(3, { app: { appId, displayName: 'Other' }, address: '2001:db8::1' }),
];
beforeAll(() => tools.stores.signIns.insertAll(entries));

const minutesOf = (signIns: readonly SignIn[]) =>
  signIns.map(({ id }) => entries.findIndex((entry) => entry.id === id));
const exported = async (filters: SignInFilters) => {
  await exportSignIns(tools, filters);
  return minutesOf(printed<SignIn>());
};

test('a list is one document of the newest', async () => {
  await listSignIns(tools, { top: '2' });
  const [list] = printed<SignIn[]>();
  expect(minutesOf(list ?? [])).toEqual([3, 2]);
});

describe('an export is one line for each', () => {
  test.each<[string, SignInFilters, number[]]>([
    ['of all', {}, [3, 2, 1, 0]],
    ['that failed', { failed: true }, [1]],
    ["of one person's", { user: 'BOB@example.com' }, [2]],
    ["of one application's", { app: appId }, [3]],
    ['from one address', { address: '2001:db8::1' }, [3]],
    ['from a time on', { from: '2026-01-01T12:02:00Z' }, [3, 2]],
    ['up to a time', { to: '2026-01-01T14:01:00+02:00' }, [1, 0]],
    ['after a day', { from: '2026-01-02' }, []],
  ])('%s', async (_, filters, minutesAgo) => {
    expect(await exported(filters)).toEqual(minutesAgo);
  });

  test('with every page', async () => {
    const stores = {
      ...tools.stores,
      signIns: {
        ...tools.stores.signIns,
        list: (tenantId: typeof tools.tenant.id, query: Parameters<typeof tools.stores.signIns.list>[1]) =>
          tools.stores.signIns.list(tenantId, { ...query, top: 1 }),
      },
    };
    await exportSignIns({ ...tools, stores }, {});
    expect(printed()).toHaveLength(4);
  });
});

test.each([
  ['a time without a zone', { from: '2026-01-01T12:00' }, /--from must be a time/],
  ['a day that is none', { to: '2026-13-01' }, /--to must be a time/],
  ['words', { to: 'yesterday' }, /--to must be a time/],
])('%s is refused', async (_, filters, reason) => {
  await expect(exportSignIns(tools, filters)).rejects.toThrow(reason);
});

test.each(['0', '1000', 'x', '1.5'])('--top %s is refused', async (top) => {
  await expect(listSignIns(tools, { top })).rejects.toThrow(/--top/);
});
