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
    await finishAll(Promise.all([gate.verify(undefined, 'x'), gate.verify('hash', 'x')]));
    expect(hashing.calls).toEqual(['decoy', 'verify']);
  });

  test('lets two through at a time, keeps a hundred waiting and sends the rest away', async () => {
    const gate = createPasswordGate(random);
    const works = Array.from({ length: 110 }, () => gate.verify('hash', 'x'));
    const outcomes = await finishAll(Promise.allSettled(works));
    const refused = outcomes.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]?.reason).toMatchObject({ status: 503, error: 'temporarily_unavailable' });
    expect(hashing.most).toBe(2);
    expect(await finishAll(gate.verify('hash', 'x'))).toBe(false);
  });
});
