import { expect, test } from 'vitest';
import { fixtureTime } from '../fixtures.ts';
import type { Some } from '../world.ts';

/** `make` gives stores over a database without an authority. */
export const authorityContract = (make: () => Promise<Some<'authorities'>>): void => {
  test('the first authority is the one that is kept', async () => {
    const { authorities } = await make();
    expect(await authorities.find()).toBeUndefined();
    const replicas = ['one', 'other'].map((certificatePem) => ({
      certificatePem,
      sealedPrivateKey: Buffer.of(0, 255, 10),
      notAfter: fixtureTime,
    }));
    const inserted = await Promise.all(replicas.map(authorities.insert));
    expect([...inserted].sort()).toEqual([false, true]);
    expect(await authorities.find()).toEqual(replicas[inserted.indexOf(true)]);
  });
};
