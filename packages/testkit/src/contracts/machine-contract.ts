import { formatResourceId, nameOf, scopeOf } from '@holdfast/arm';
import { addMs } from '@holdfast/kernel';
import type { Machine } from '@holdfast/provider-hybrid-compute';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime, machineIdIn } from '../fixtures.ts';
import { putIdentity, putMachine, putWorld, type Some, type World } from '../world.ts';

type Stores = Some<
  | 'directoryWriter'
  | 'subscriptions'
  | 'resourceGroups'
  | 'machines'
  | 'managedIdentities'
  | 'roleAssignments'
  | 'connectedMachines'
  | 'heartbeats'
>;

export const machineContract = (make: () => Promise<Stores>): void => {
  describe('machine store', () => {
    const fixtures = createFixtures('machine');
    let stores: Stores;
    let world: World;
    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
    });
    const find = (machine: Machine) => stores.machines.find(machine.tenantId, machine.id);
    const put = async (name: string, overrides?: Partial<Machine>) => {
      const machine = fixtures.machine(world.group, name, overrides);
      expect(await putMachine(stores, machine)).toBe('inserted');
      return machine;
    };

    describe('a machine', () => {
      test('is found as it was inserted', async () => {
        const machine = await put('m1', {
          tags: { Zone: 'ä', empty: '' },
          kind: 'HCI',
          settings: {
            locationData: { name: 'Basement', city: 'Köln' },
            agentUpgrade: { enableAutomaticUpgrade: true },
          },
        });
        expect(await find(machine)).toEqual(machine);
        expect(await stores.machines.find(machine.tenantId, machine.id, { lock: true })).toEqual(machine);
      });

      test('is found without letter case and keeps the case of its own name and of its group', async () => {
        const machine = await put('Web-01');
        const id = machineIdIn({ ...world.group.id, group: nameOf('GROUP') }, 'wEB-01');
        expect(await stores.machines.find(machine.tenantId, id)).toEqual(machine);
        const sloppy = fixtures.machine(
          { ...world.group, id: { ...world.group.id, group: nameOf('gROUP') } },
          'Web-02',
        );
        await putMachine(stores, sloppy);
        expect((await find(sloppy))?.id).toEqual(machineIdIn(world.group.id, 'Web-02'));
      });

      test('needs no key until a server has connected', async () => {
        const [one, other] = [await put('m1', { key: undefined }), await put('m2', { key: undefined })];
        expect(await find(one)).toEqual(one);
        expect(await find(other)).toEqual(other);
      });

      test('is neither found, changed nor deleted by another tenant', async () => {
        const machine = await put('m1');
        const foreign = { ...machine, tenantId: (await putWorld(stores, fixtures)).tenant.id, tags: { a: 'b' } };
        expect(await find(foreign)).toBeUndefined();
        await stores.machines.update(foreign);
        await stores.machines.delete(foreign);
        expect(await find(machine)).toEqual(machine);
      });
    });

    describe('inserting a machine', () => {
      test('says which of name and key is taken', async () => {
        const machine = await put('m1');
        expect(await putMachine(stores, fixtures.machine(world.group, 'M1'))).toBe('name-taken');
        expect(await putMachine(stores, fixtures.machine(world.group, 'm2', { key: machine.key }))).toBe('key-taken');
      });

      test('of two writers of one name, or of one key, exactly one is first', async () => {
        const race = async (machines: Machine[]) => {
          for (const machine of machines) await putIdentity(stores, machine);
          return (await Promise.all(machines.map(stores.machines.insert))).sort();
        };
        const key = { publicKey: 'same', keyId: fixtures.id() };
        const names = ['m1', 'M1'].map((name) => fixtures.machine(world.group, name));
        expect(await race(names)).toEqual(['inserted', 'name-taken']);
        const keys = ['a', 'b'].map((name) => fixtures.machine(world.group, name, { key }));
        expect(await race(keys)).toEqual(['inserted', 'key-taken']);
      });

      test('into a group that is not there fails', async () => {
        const machine = fixtures.machine(fixtures.group(world.subscription, 'missing'), 'm1');
        await expect(putMachine(stores, machine)).rejects.toThrow();
      });
    });

    describe('updating a machine', () => {
      test('writes tags, kind, settings, key and modification data, and counts', async () => {
        const machine = await put('m1');
        const changed: Machine = {
          ...machine,
          tags: { a: '1' },
          kind: 'AWS',
          settings: { identityKeyStore: 'tpm' },
          key: { publicKey: 'new', keyId: fixtures.id() },
          systemData: {
            ...machine.systemData,
            lastModifiedBy: 'app',
            lastModifiedByType: 'Application',
            lastModifiedAt: addMs(fixtureTime, 1),
          },
        };
        const fixed = { vmId: fixtures.id(), systemData: { ...changed.systemData, createdBy: 'forger' } };
        expect(await stores.machines.update({ ...changed, ...fixed })).toBe('updated');
        expect(await find(machine)).toEqual({ ...changed, version: 2 });
      });

      test('refuses the key of another machine and changes nothing', async () => {
        const [one, other] = [await put('m1'), await put('m2')];
        expect(await stores.machines.update({ ...other, key: one.key, tags: { a: '1' } })).toBe('key-taken');
        expect(await find(other)).toEqual(other);
      });

      test('of two machines that take one key at once exactly one gets it', async () => {
        const machines = [await put('m1'), await put('m2')];
        const key = { publicKey: 'same', keyId: fixtures.id() };
        const updates = machines.map((machine) => stores.machines.update({ ...machine, key }));
        expect((await Promise.all(updates)).sort()).toEqual(['key-taken', 'updated']);
      });

      test('a new key forgets the counter, the certificate and the suspicion that belonged to the old one', async () => {
        const machine = await put('m1');
        const { machineId } = machine;
        for (const counter of [7, 7]) await stores.heartbeats.record([fixtures.beat(machine, counter)], 1);
        const dates = { notBefore: new Date(0), notAfter: new Date(1) };
        await stores.connectedMachines.recordCertificate({ machineId, serialNumber: '1', ...dates });
        await stores.machines.update({ ...machine, tags: { a: '1' } });
        expect((await find(machine))?.liveness).toMatchObject({ certificateNotAfter: new Date(1), clone: {} });
        await stores.machines.update({ ...machine, key: { publicKey: 'new', keyId: fixtures.id() } });
        const liveness = (await find(machine))?.liveness;
        expect(liveness).toMatchObject({
          certificateNotAfter: undefined,
          clone: undefined,
          lastHeartbeatAt: fixtureTime,
        });
        const [outcome] = await stores.heartbeats.record([fixtures.beat(machine, 1)], 1);
        expect(outcome).toMatchObject({ verdict: 'accepted', counter: 1 });
      });
    });

    describe('deleting a machine', () => {
      test('takes its identity, what that was granted, and the grants at it; its neighbour keeps all', async () => {
        const [machine, neighbour] = [await put('m1'), await put('m10')];
        const grant = async (principalId = fixtures.id(), at = '/') => {
          const assignment = { id: fixtures.id(), roleId: fixtures.id(), principalId, scope: scopeOf(at) };
          const record = { tenantId: machine.tenantId, createdAt: fixtureTime, createdBy: 'someone' };
          await stores.roleAssignments.insert({ ...assignment, ...record });
          return principalId;
        };
        const taken = [
          await grant(machine.identity.principalId),
          await grant(undefined, formatResourceId(machine.id)),
          await grant(undefined, `${formatResourceId(machine.id)}/extensions/x`),
        ];
        const kept = [
          await grant(neighbour.identity.principalId),
          await grant(undefined, formatResourceId(neighbour.id)),
        ];
        await stores.machines.delete(machine);
        expect(await find(machine)).toBeUndefined();
        expect(await stores.connectedMachines.findByKeyId(machine.key?.keyId ?? '')).toBeUndefined();
        const held = async (id: Machine['machineId']) =>
          (await stores.roleAssignments.listOfPrincipal(machine.tenantId, id)).length;
        expect(await Promise.all(taken.map(held))).toEqual([0, 0, 0]);
        expect(await Promise.all(kept.map(held))).toEqual([1, 1]);
        expect(await find(neighbour)).toEqual(neighbour);
      });

      test('frees its name, key and identity; doing it twice is harmless', async () => {
        const machine = await put('m1');
        await stores.machines.delete(machine);
        await stores.machines.delete(machine);
        expect(await putMachine(stores, machine)).toBe('inserted');
      });
    });
  });
};
