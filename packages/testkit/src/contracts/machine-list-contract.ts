import type { Machine, MachineKeyPair, MachineQuery } from '@holdfast/provider-hybrid-compute';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureFacts } from '../fixtures.ts';
import { putMachine, putWorld, type Some, type World } from '../world.ts';

type Stores = Some<
  'directoryWriter' | 'subscriptions' | 'resourceGroups' | 'machines' | 'managedIdentities' | 'heartbeats'
>;

export const machineListContract = (make: () => Promise<Stores>): void => {
  describe('machine list store', () => {
    const fixtures = createFixtures('machine-list');
    let stores: Stores;
    let world: World;

    const put = async (place: string) => {
      const [groupName = '', name = ''] = place.split('/');
      const group = fixtures.group(world.subscription, groupName);
      await stores.resourceGroups.insert(group);
      const machine = fixtures.machine(group, name);
      await putMachine(stores, machine);
      return machine;
    };
    const list = (more: Partial<MachineQuery>) =>
      stores.machines.list({ tenantId: world.tenant.id, subscriptionId: world.subscription.id, limit: 100, ...more });
    const placeOf = ({ id }: Machine) => `${id.group.text}/${id.name.text}`;
    const keysOf = ({ id }: Machine): MachineKeyPair => ({ groupKey: id.group.key, nameKey: id.name.key });
    const pair = (place: string): MachineKeyPair => {
      const [groupKey = '', nameKey = ''] = place.split('/');
      return { groupKey, nameKey };
    };

    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
    });

    describe('a list of machines', () => {
      const all = ['a/M2', 'a/m1', 'a/m_3', 'B/m0', 'c/m1'];
      const sorted = ['a/m1', 'a/M2', 'a/m_3', 'B/m0', 'c/m1'];
      const seen = (groupKeys: string[], machines: string[]) => ({ groupKeys, machines: machines.map(pair) });

      test.each<[string, Partial<MachineQuery>, string[]]>([
        ['everything in the order of keys', {}, sorted],
        ['one group', { groupKey: 'b' }, ['B/m0']],
        ['a page', { limit: 2 }, ['a/m1', 'a/M2']],
        ['the page after it', { limit: 2, after: pair('a/m2') }, ['a/m_3', 'B/m0']],
        ['the rest of a group', { groupKey: 'a', after: pair('a/m1') }, ['a/M2', 'a/m_3']],
        ['the page after one that is gone', { limit: 1, after: pair('a/m20') }, ['a/m_3']],
        ['nothing when nothing may be seen', { visible: seen([], []) }, []],
        ['groups that may be seen', { visible: seen(['c', 'b', 'x'], []) }, ['B/m0', 'c/m1']],
        ['machines that may be seen', { visible: seen([], ['c/m1', 'a/m2', 'a/x', 'b/m1']) }, ['a/M2', 'c/m1']],
        ['both without repeats', { visible: seen(['a'], ['a/m1', 'a/m1', 'b/m0']) }, sorted.slice(0, 4)],
        [
          'a page of what may be seen',
          { limit: 2, visible: seen(['c'], ['a/m1', 'a/m1', 'a/m2']) },
          sorted.slice(0, 2),
        ],
        ['the page after it', { after: pair('a/m2'), visible: seen(['c'], ['a/m1', 'a/m2']) }, ['c/m1']],
        ['what may be seen in one group', { groupKey: 'a', visible: seen(['b'], ['a/m1', 'c/m1']) }, ['a/m1']],
      ])('gives %s', async (_what, query, expected) => {
        for (const place of all) await put(place);
        expect((await list(query)).map(placeOf)).toEqual(expected);
      });

      test('gives each machine whole', async () => {
        const machine = await put('a/m1');
        await stores.heartbeats.record([fixtures.beat(machine, 1, { facts: fixtureFacts })], 1);
        expect(await list({})).toEqual([await stores.machines.find(machine.tenantId, machine.id)]);
        expect((await list({}))[0]?.facts).toEqual(fixtureFacts);
      });

      test('gives another tenant or subscription nothing', async () => {
        await put('a/m1');
        const other = await putWorld(stores, fixtures);
        expect(await list({ tenantId: other.tenant.id })).toEqual([]);
        expect(await list({ subscriptionId: other.subscription.id })).toEqual([]);
        const everything = seen(['a'], ['a/m1']);
        expect(await list({ tenantId: other.tenant.id, visible: everything })).toEqual([]);
      });

      test('pages meet every machine once, whatever is inserted meanwhile', async () => {
        const first = await Promise.all(['m10', 'm20', 'm30', 'm40', 'm50'].map((name) => put(`a/${name}`)));
        const met: Machine[] = [];
        for (let after: MachineKeyPair | undefined, page = 0; ; page += 1) {
          const machines = await list({ limit: 2, after });
          met.push(...machines);
          const last = machines.at(-1);
          if (last === undefined) break;
          after = keysOf(last);
          await put(`a/m0${page}`); // Behind us: not met.
          await put(`a/m${page}9`); // Some behind, some ahead.
        }
        const names = met.map(placeOf);
        expect(new Set(names).size).toBe(names.length);
        expect(names).toEqual(expect.arrayContaining(first.map(placeOf)));
        expect(names).toEqual([...names].sort());
      });
    });
  });
};
