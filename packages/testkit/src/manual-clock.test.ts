import { describe, expect, test } from 'vitest';
import { createManualClock } from './manual-clock.ts';

describe('the manual clock', () => {
  test('wakes sleepers in the order of their times, each at its time', async () => {
    const clock = createManualClock(new Date(0));
    const woken: string[] = [];
    for (const ms of [30, 10, 20, 40]) void clock.sleep(ms).then(() => woken.push(`${ms} at ${clock.now().getTime()}`));
    await clock.advance(30);
    expect(woken).toEqual(['10 at 10', '20 at 20', '30 at 30']);
    expect(clock.sleepers()).toBe(1);
    expect(clock.now()).toEqual(new Date(30));
  });

  test('a loop that sleeps again goes round as often as the time allows', async () => {
    const clock = createManualClock();
    let rounds = 0;
    const stop = new AbortController();
    const loop = (async () => {
      for (; !stop.signal.aborted; rounds += 1) await clock.sleep(10, stop.signal);
    })();
    await clock.advance(55);
    expect(rounds).toBe(5);
    stop.abort();
    await loop;
    expect(clock.sleepers()).toBe(0);
  });

  test('a test can wait until the code sleeps', async () => {
    const clock = createManualClock();
    const both = clock.whenSleeping(2);
    let told = false;
    void both.then(() => {
      told = true;
    });
    void clock.sleep(1);
    await clock.advance(0);
    expect(told).toBe(false);
    void clock.sleep(1);
    await both;
    await clock.advance(1);
  });

  test('an aborted sleep ends at once, one that is aborted before does not begin', async () => {
    const clock = createManualClock();
    const stop = new AbortController();
    const asleep = clock.sleep(1000, stop.signal);
    stop.abort();
    await asleep;
    await clock.sleep(1000, stop.signal);
    expect(clock.sleepers()).toBe(0);
  });
});
