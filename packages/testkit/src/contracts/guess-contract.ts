import { addMs, minutes } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

type Stores = Some<'guesses'>;

export const guessContract = (make: () => Promise<Stores>): void => {
  describe('guess store', () => {
    const fixtures = createFixtures('guess');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const since = addMs(fixtureTime, -minutes(10));
    const window = { now: fixtureTime, since };

    test('guesses add up under each of their keys, in the order of the keys', async () => {
      const [a, b, c] = [fixtures.id(), fixtures.id(), fixtures.id()];
      await stores.guesses.add([a, b], window);
      await stores.guesses.add([b], window);
      expect(await stores.guesses.count([b, c, a, b], since)).toEqual([2, 0, 1, 2]);
      expect(await stores.guesses.count([], since)).toEqual([]);
    });

    test('a key that is named twice counts once', async () => {
      const key = fixtures.id();
      await stores.guesses.add([key, key], window);
      expect(await stores.guesses.count([key], since)).toEqual([1]);
    });

    test('of guesses at once each counts, in whatever order their keys stand', async () => {
      const keys = Array.from({ length: 4 }, () => fixtures.id());
      const add = (index: number) => stores.guesses.add(index % 2 === 0 ? keys : keys.toReversed(), window);
      await Promise.all(Array.from({ length: 20 }, (_, index) => add(index)));
      expect(await stores.guesses.count(keys, since)).toEqual([20, 20, 20, 20]);
    });

    test('a count that began before the window is over, and begins anew with the next guess', async () => {
      const key = fixtures.id();
      await stores.guesses.add([key], { now: since, since });
      await stores.guesses.add([key], { now: fixtureTime, since });
      expect(await stores.guesses.count([key], since)).toEqual([2]);
      const justAfter = addMs(since, 1);
      expect(await stores.guesses.count([key], justAfter)).toEqual([0]);
      await stores.guesses.add([key], { now: fixtureTime, since: justAfter });
      expect(await stores.guesses.count([key], justAfter)).toEqual([1]);
      expect(await stores.guesses.count([key], fixtureTime)).toEqual([1]);
    });

    test('cleared keys begin anew, and others go on', async () => {
      const [a, b] = [fixtures.id(), fixtures.id()];
      await stores.guesses.add([a, b], window);
      await stores.guesses.clear([a]);
      expect(await stores.guesses.count([a, b], since)).toEqual([0, 1]);
    });

    test('old counts are cleaned up', async () => {
      const [old, recent] = [fixtures.id(), fixtures.id()];
      const begin = new Date(0);
      await stores.guesses.add([old], { now: begin, since: begin });
      await stores.guesses.add([recent], window);
      expect(await stores.guesses.deleteBefore(addMs(begin, 1))).toBe(1);
      expect(await stores.guesses.count([old, recent], begin)).toEqual([0, 1]);
    });
  });
};
