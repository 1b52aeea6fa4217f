import { addMs, minutes } from '@holdfast/kernel';
import type { Beat, Machine } from '@holdfast/provider-hybrid-compute';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureFacts, fixtureTime } from '../fixtures.ts';
import { putMachine, putWorld, type Some, type World } from '../world.ts';

type Stores = Some<
  | 'directoryWriter'
  | 'subscriptions'
  | 'resourceGroups'
  | 'machines'
  | 'managedIdentities'
  | 'connectedMachines'
  | 'heartbeats'
>;

const silence = minutes(15);
const later = (ms: number) => addMs(fixtureTime, ms);
const original = { hostName: 'original', bootId: 'boot of the original' };
const copy = { hostName: 'copy', bootId: 'boot of the copy' };

export const heartbeatContract = (make: () => Promise<Stores>): void => {
  describe('heartbeat store', () => {
    const fixtures = createFixtures('heartbeat');
    let stores: Stores;
    let world: World;
    let machine: Machine;

    const put = async (name: string) => {
      const one = fixtures.machine(world.group, name, { tags: { Zone: 'a' } });
      await putMachine(stores, one);
      return one;
    };
    const record = (...beats: Beat[]) => stores.heartbeats.record(beats, silence);
    const beat = async (counter: number, overrides?: Partial<Beat>) => {
      const [outcome] = await record(fixtures.beat(machine, counter, overrides));
      if (outcome === undefined) throw new Error('no outcome');
      return outcome;
    };
    const liveness = async () => (await stores.connectedMachines.find(machine.machineId))?.liveness;

    beforeEach(async () => {
      stores = await make();
      world = await putWorld(stores, fixtures);
      machine = await put('Machine');
    });

    describe('a heartbeat', () => {
      test('is answered with what the machine is', async () => {
        const { id, tenantId, location, tags, vmId, identity } = machine;
        expect(await beat(0)).toEqual({
          machineId: machine.machineId,
          verdict: 'accepted',
          counter: 0,
          cloneSuspectedSince: undefined,
          factsDigest: undefined,
          machine: { id, tenantId, location, tags, vmId, identity },
        });
      });

      test('is a sign of life', async () => {
        await beat(1, { agentVersion: '1.2.3' });
        expect(await liveness()).toEqual({
          agentVersion: '1.2.3',
          lastHeartbeatAt: fixtureTime,
          connectedSince: fixtureTime,
          certificateNotAfter: undefined,
          clone: undefined,
        });
      });

      test('that comes late does not turn time back', async () => {
        await beat(1, { at: later(1000) });
        await beat(2, { at: fixtureTime });
        expect(await liveness()).toMatchObject({ lastHeartbeatAt: later(1000), connectedSince: later(1000) });
      });

      test('after a silence, and only then, starts a new connection', async () => {
        await beat(1);
        await beat(2, { at: later(silence) });
        expect(await liveness()).toMatchObject({ connectedSince: fixtureTime });
        await beat(3, { at: later(2 * silence + 1) });
        expect(await liveness()).toMatchObject({ connectedSince: later(2 * silence + 1) });
      });

      test('of a machine that does not exist has no outcome, and does not spoil the others', async () => {
        const gone = fixtures.machine(world.group, 'gone');
        const outcomes = await record(fixtures.beat(gone, 1), fixtures.beat(machine, 1));
        expect(outcomes.map((each) => each.machineId)).toEqual([machine.machineId]);
        expect(await record()).toEqual([]);
      });

      test('with characters that a database refuses does not spoil the others', async () => {
        const other = await put('other');
        const foul = { hostName: 'a\0b', bootId: '\ud800' };
        const facts = { ...fixtureFacts, computerName: 'nul\0 \ud800 \\u0000', 'k\0': 1 };
        const outcomes = await record(
          fixtures.beat(machine, 1, { copy: foul, agentVersion: '\0', facts }),
          fixtures.beat(other, 1),
        );
        expect(outcomes.map((each) => each.verdict)).toEqual(['accepted', 'accepted']);
        const stored = (await stores.connectedMachines.find(machine.machineId))?.facts;
        expect(stored?.computerName).toBe('nul \ufffd \\u0000');
      });
    });

    describe('the counter', () => {
      test.each([
        ['above the stored one is accepted', 6, 'accepted', 6],
        ['far above it too: beats may be lost', 5000, 'accepted', 5000],
        ['equal to it is a conflict', 5, 'conflict', 5],
        ['below it is a conflict', 4, 'conflict', 5],
      ])('%s', async (_what, counter, verdict, stored) => {
        await beat(5);
        expect(await beat(counter)).toMatchObject({ verdict, counter: stored });
      });

      test('of a repeated beat is accepted as often as it comes', async () => {
        const repeated = fixtures.beat(machine, 5);
        for (const at of [fixtureTime, later(1), later(2)]) {
          const [outcome] = await record({ ...repeated, at });
          expect(outcome).toMatchObject({ verdict: 'accepted', counter: 5, cloneSuspectedSince: undefined });
        }
        expect(await liveness()).toMatchObject({ lastHeartbeatAt: later(2) });
      });

      test('of a repeat is a conflict once another beat was accepted', async () => {
        const early = fixtures.beat(machine, 5);
        await record(early);
        await beat(6);
        expect((await record(early))[0]).toMatchObject({ verdict: 'conflict', counter: 6 });
      });
    });

    describe('a conflict', () => {
      test('is a sign of life and names the copies, the one that conflicted last', async () => {
        await beat(5, { copy: original });
        const outcome = await beat(5, { copy, at: later(1000) });
        expect(outcome.cloneSuspectedSince).toEqual(later(1000));
        expect(await liveness()).toMatchObject({
          lastHeartbeatAt: later(1000),
          clone: { since: later(1000), lastSeenAt: later(1000), copies: [original, copy] },
        });
      });

      test('again keeps since when, and renews the rest', async () => {
        await beat(5, { copy: original });
        await beat(5, { copy, at: later(1) });
        await beat(6, { copy, at: later(2) });
        expect((await liveness())?.clone).toMatchObject({ lastSeenAt: later(1), copies: [original, copy] });
        const outcome = await beat(6, { copy: original, at: later(3) });
        expect(outcome.cloneSuspectedSince).toEqual(later(1));
        expect((await liveness())?.clone).toEqual({ since: later(1), lastSeenAt: later(3), copies: [copy, original] });
      });

      test('is not forgotten by the beats that follow', async () => {
        await beat(5);
        await beat(5, { at: later(1) });
        expect((await beat(6, { at: later(9) })).cloneSuspectedSince).toEqual(later(1));
      });
    });

    describe('facts', () => {
      test('stay until others come, and the outcome says which are stored', async () => {
        expect(await beat(1, { facts: fixtureFacts, factsDigest: 'one' })).toMatchObject({ factsDigest: 'one' });
        expect(await beat(2, { factsDigest: 'two' })).toMatchObject({ factsDigest: 'one' });
        expect((await stores.connectedMachines.find(machine.machineId))?.facts).toEqual(fixtureFacts);
        const changed = { ...fixtureFacts, computerName: 'renamed' };
        expect(await beat(3, { facts: changed, factsDigest: 'two' })).toMatchObject({ factsDigest: 'two' });
        expect((await stores.connectedMachines.find(machine.machineId))?.facts).toEqual(changed);
      });

      test('of a copy in conflict are not taken', async () => {
        await beat(5, { facts: fixtureFacts, factsDigest: 'one' });
        const facts = { ...fixtureFacts, computerName: 'copy' };
        expect(await beat(5, { facts, factsDigest: 'two' })).toMatchObject({ verdict: 'conflict', factsDigest: 'one' });
        expect((await stores.connectedMachines.find(machine.machineId))?.facts).toEqual(fixtureFacts);
      });
    });

    describe('replicas that record at the same time', () => {
      test('accept one counter of a machine once', async () => {
        for (let counter = 1; counter <= 10; counter += 1) {
          const outcomes = await Promise.all([1, 2, 3, 4].map(() => beat(counter)));
          const verdicts = outcomes.map((each) => each.verdict).sort();
          expect(verdicts).toEqual(['accepted', 'conflict', 'conflict', 'conflict']);
        }
      });

      test('do not block each other, whatever the order of their batches, nor a deletion', async () => {
        const machines = await Promise.all(Array.from({ length: 30 }, (_, index) => put(`m${index}`)));
        const batch = (counter: number, facts?: typeof fixtureFacts) =>
          machines.map((each) => fixtures.beat(each, counter, { facts }));
        const rounds = [1, 2, 3, 4].flatMap((round) => [
          record(...batch(round)),
          record(...batch(round + 1, fixtureFacts).reverse()),
        ]);
        await Promise.all([...rounds, stores.resourceGroups.delete(world.group)]);
        expect(await record(...batch(9, fixtureFacts))).toEqual([]);
      });
    });
  });
};
