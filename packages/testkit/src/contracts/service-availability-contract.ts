import { addMs, minutes } from '@holdfast/kernel';
import { expect, test } from 'vitest';
import { fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

/** `make` gives stores over a database that nothing served from yet. */
export const serviceAvailabilityContract = (make: () => Promise<Some<'serviceAvailability'>>): void => {
  test('service begins anew after an outage, and only then', async () => {
    const { serviceAvailability } = await make();
    const beatAfter = async (minutesLater: number) => {
      const now = addMs(fixtureTime, minutes(minutesLater));
      const { servingSince } = await serviceAvailability.beat(now, minutes(2));
      return (servingSince.getTime() - fixtureTime.getTime()) / minutes(1);
    };
    expect(await beatAfter(0)).toBe(0);
    expect(await beatAfter(1)).toBe(0);
    expect(await beatAfter(3)).toBe(0);
    expect(await beatAfter(5.5)).toBe(5.5);
    expect(await beatAfter(4)).toBe(5.5); // A replica whose clock is behind changes nothing.
    expect(await beatAfter(7.5)).toBe(5.5);
  });
};
