import { minutes } from '@holdfast/kernel';
import { createManualClock } from '@holdfast/testkit';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { runPeriodically } from './periodic.ts';

const log = pino({ level: 'silent' });

const start = (run: () => Promise<void>) => {
  const clock = createManualClock();
  const ending = new AbortController();
  const running = runPeriodically({ name: 'job', every: minutes(60), run }, { clock, log }, ending.signal);
  return { clock, ending, running };
};

test('a job is done at once and then at every turn, also after it failed', async () => {
  let done = 0;
  const { clock, ending, running } = start(async () => {
    done += 1;
    if (done === 1) throw new Error('not now');
  });
  await clock.advance(0);
  expect(done).toBe(1);
  await clock.advance(minutes(120));
  expect(done).toBe(3);
  ending.abort();
  await running;
  expect([done, clock.sleepers()]).toEqual([3, 0]);
});

test('the end waits for the turn under way', async () => {
  let finish = () => {};
  const { ending, running } = start(() => new Promise((resolve) => (finish = resolve)));
  let ended = false;
  void running.then(() => (ended = true));
  ending.abort();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(ended).toBe(false);
  finish();
  await running;
});
