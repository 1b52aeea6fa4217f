import { afterEach, describe, expect, test, vi } from 'vitest';
import { random } from '../../test/test-directory.ts';
import { createPasswordGate } from './password-gate.ts';

const hashing = vi.hoisted(() => ({ calls: [] as string[], running: 0, most: 0, finish: [] as (() => void)[] }));

vi.mock('@holdfast/directory', async (original) => {
  const work = (name: string) => async () => {
    hashing.calls.push(name);
    hashing.running += 1;
    hashing.most = Math.max(hashing.most, hashing.running);
    await new Promise<void>((resolve) => hashing.finish.push(resolve));
    hashing.running -= 1;
    return false;
  };
  const real = await original<typeof import('@holdfast/directory')>();
  return { ...real, verifyPassword: work('verify'), verifyDecoy: work('decoy'), hashPassword: work('hash') };
});

afterEach(() => {
  hashing.calls.splice(0);
  hashing.finish.splice(0);
});

const finishAll = async <Value>(works: Promise<Value>): Promise<Value> => {
  const timer = setInterval(() => {
    for (const finish of hashing.finish.splice(0)) finish();
  }, 1);
  try {
    return await works;
  } finally {
    clearInterval(timer);
  }
};

describe('the gate', () => {
  test('does the work of a hash for a name that nobody bears', async () => {
    const gate = createPasswordGate(random);
    await finishAll(Promise.all([gate.verify(undefined, 'x', 'stranger'), gate.verify('hash', 'x', 'stranger')]));
    expect(hashing.calls).toEqual(['decoy', 'verify']);
  });

  test('lets two through at a time, keeps a hundred waiting and sends the rest away', async () => {
    const gate = createPasswordGate(random);
    const works = Array.from({ length: 110 }, () => gate.verify('hash', 'x', 'stranger'));
    const outcomes = await finishAll(Promise.allSettled(works));
    const refused = outcomes.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]?.reason).toMatchObject({ status: 503, error: 'temporarily_unavailable' });
    expect(hashing.most).toBe(2);
    expect(await finishAll(gate.verify('hash', 'x', 'stranger'))).toBe(false);
  });

  test('does not let a crowd of strangers keep people on their own devices out, nor the other way round', async () => {
    for (const [crowd, one] of [
      ['stranger', 'known'],
      ['known', 'stranger'],
    ] as const) {
      const gate = createPasswordGate(random);
      const order: string[] = [];
      const ask = async (line: typeof crowd | typeof one) => {
        await gate.verify('hash', 'x', line);
        order.push(line);
      };
      const crowded = Promise.allSettled(Array.from({ length: 150 }, () => ask(crowd)));
      const outcomes = await finishAll(Promise.all([ask(one), crowded]).then(([, all]) => all));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(48);
      expect(order.indexOf(one)).toBeLessThan(6);
    }
  });
});
