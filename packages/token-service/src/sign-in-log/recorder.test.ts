import { armError } from '@holdfast/arm';
import type { CredentialUse, SignIn } from '@holdfast/directory';
import { newUuid, seconds } from '@holdfast/kernel';
import { createManualClock, seededRandom } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import type { NewSignIn } from './new-sign-in.ts';
import { createSignInRecorder } from './recorder.ts';

const random = seededRandom('sign-ins');
const start = new Date('2026-01-01T00:00:00Z');
const tenantId = newUuid(random);

const ofProgram: NewSignIn = {
  tenantId,
  correlationId: newUuid(random),
  flow: 'clientCredentials',
  principal: { kind: 'servicePrincipal', id: newUuid(random), name: 'Automation' },
  app: { appId: newUuid(random), displayName: 'Automation' },
  resource: 'https://holdfast.example',
  address: '192.0.2.7',
  userAgent: 'azsdk',
  credential: { kind: 'secret', id: newUuid(random) },
  mfa: false,
  outcome: { code: 0, reason: '' },
  policies: [],
};
const ofPerson: NewSignIn = {
  ...ofProgram,
  flow: 'browser',
  principal: { kind: 'user', id: newUuid(random), name: 'ada@holdfast.internal' },
  credential: { kind: 'password', id: undefined },
};
const failed: NewSignIn = { ...ofProgram, outcome: { code: 7000215, reason: 'Invalid client secret provided.' } };

const setUp = () => {
  const clock = createManualClock(start);
  const kept: SignIn[] = [];
  const uses: CredentialUse[] = [];
  const said: [object, string][] = [];
  const counted: number[] = [];
  const trouble: { ofInsert?: (signIns: readonly SignIn[]) => Error | undefined; ofUses?: Error | undefined } = {};
  const recorder = createSignInRecorder({
    clock,
    random,
    log: { warn: (...what) => said.push(what), error: (...what) => said.push(what) },
    metrics: { count: ({ outcome }) => counted.push(outcome.code) },
    store: {
      insertAll: async (signIns) => {
        const error = trouble.ofInsert?.(signIns);
        if (error !== undefined) throw error;
        kept.push(...signIns.map((each) => ({ ...each })));
      },
      recordUses: async (each) => {
        if (trouble.ofUses !== undefined) throw trouble.ofUses;
        uses.push(...each);
      },
      list: async () => ({ items: [], next: undefined }),
      deleteBefore: async () => 0,
    },
  });
  const record = (...signIns: NewSignIn[]) => {
    for (const each of signIns) recorder.record(each);
  };
  return { clock, recorder, record, kept, uses, said, counted, trouble };
};

const repeat = (count: number, signIn: (i: number) => NewSignIn) => Array.from({ length: count }, (_, i) => signIn(i));

describe('one window', () => {
  test("a program's sign-ins that are alike are one entry", async () => {
    const { clock, recorder, record, kept } = setUp();
    record(ofProgram);
    await clock.advance(300);
    record(...repeat(999, () => ({ ...ofProgram, correlationId: newUuid(random), userAgent: 'another' })));
    await recorder.flush();
    const at = start;
    expect(kept).toMatchObject([{ ...ofProgram, count: 1000, at, lastAt: new Date(start.getTime() + 300) }]);
  });

  test.each<[string, Partial<NewSignIn>]>([
    ['tenant', { tenantId: newUuid(random) }],
    ['program', { principal: { ...ofProgram.principal, id: newUuid(random) } }],
    ['application', { app: { ...ofProgram.app, appId: newUuid(random) } }],
    ['resource', { resource: 'https://vault.example' }],
    ['address', { address: '192.0.2.8' }],
    ['credential', { credential: { kind: 'secret', id: newUuid(random) } }],
    ['flow', { flow: 'refresh' }],
    ['policy', { policies: [{ id: newUuid(random), displayName: 'Rule', result: 'success', reason: 'met' }] }],
  ])('another %s is another entry', async (_, changes) => {
    const { recorder, record, kept } = setUp();
    record(ofProgram, { ...ofProgram, ...changes }, ofProgram, { ...ofProgram, ...changes });
    await recorder.flush();
    expect(kept.map(({ count }) => count)).toEqual([2, 2]);
  });

  test("every success of a person's is an entry", async () => {
    const { recorder, record, kept } = setUp();
    record(...repeat(20, () => ofPerson));
    await recorder.flush();
    expect(kept.map(({ count }) => count)).toEqual(Array(20).fill(1));
  });

  test('failures are entries, but a flood of the same one is counted in the fifth', async () => {
    const { recorder, record, kept, counted } = setUp();
    record(...repeat(1000, () => ({ ...failed, correlationId: newUuid(random) })));
    await recorder.flush();
    expect(kept.map(({ count }) => count)).toEqual([1, 1, 1, 1, 996]);
    expect(counted).toHaveLength(1000);
  });

  test('names guessed from one address end in an entry that stands for the rest', async () => {
    const { recorder, record, kept } = setUp();
    const guess = (i: number): NewSignIn => ({
      ...ofPerson,
      principal: { kind: 'unknown', id: undefined, name: `guess-${i}@holdfast.internal` },
      outcome: { code: 50126, reason: 'wrong' },
    });
    record(...repeat(5_000, guess));
    await recorder.flush();
    expect(kept).toHaveLength(51);
    expect(kept[49]?.principal.name).toBe('guess-49@holdfast.internal');
    expect(kept[50]).toMatchObject({ count: 4_950, principal: { kind: 'unknown', name: '(several)' } });
  });

  test('the next begins with the flush', async () => {
    const { recorder, record, kept } = setUp();
    record(ofProgram, ofProgram);
    await recorder.flush();
    record(ofProgram);
    await recorder.flush();
    expect(kept.map(({ count }) => count)).toEqual([2, 1]);
  });
});

describe('what stands in an entry', () => {
  const written = async (signIn: NewSignIn): Promise<SignIn | undefined> => {
    const { recorder, record, kept } = setUp();
    record(signIn);
    await recorder.flush();
    return kept[0];
  };

  test('the name of a browser is cut', async () => {
    expect((await written({ ...ofPerson, userAgent: 'x'.repeat(10_000) }))?.userAgent).toBe('x'.repeat(256));
  });

  test('nothing that steers a terminal, breaks a line or hides text', async () => {
    const hostile = 'a\u001b[31mb\r\nc\u0000d\u202ee\u200bf\ud800';
    const entry = await written({ ...ofPerson, userAgent: hostile, app: { appId: undefined, displayName: hostile } });
    expect([entry?.userAgent, entry?.app.displayName]).toEqual(['a[31mbcdef', 'a[31mbcdef']);
  });

  test('no half of a character where text is cut', async () => {
    expect((await written({ ...ofPerson, userAgent: `${'x'.repeat(255)}🙂` }))?.userAgent).toBe('x'.repeat(255));
  });

  test.each([
    ['a user name', 'ada@holdfast.internal', 'ada@holdfast.internal'],
    ['an application id', tenantId, tenantId],
    ['nothing', '', ''],
    ['what may be a password in the wrong field', 'correct horse', '(not a user name)'],
    ['what may be a password with a sign in it', 'p@ss/word', '(not a user name)'],
  ])('of who is unknown: %s', async (_, typed, name) => {
    const entry = await written({ ...failed, principal: { kind: 'unknown', id: undefined, name: typed } });
    expect(entry?.principal.name).toBe(name);
  });
});

describe('the last use of a credential', () => {
  test('is the latest of the window, of successes only', async () => {
    const { clock, recorder, record, uses } = setUp();
    record(ofProgram, { ...failed, credential: { kind: 'secret', id: newUuid(random) } });
    await clock.advance(10);
    record({ ...ofProgram, address: '192.0.2.8' });
    await recorder.flush();
    const at = new Date(start.getTime() + 10);
    expect(uses).toEqual([{ tenantId, credentialId: ofProgram.credential.id, at }]);
  });

  test('that cannot be kept spoils nothing', async () => {
    const { recorder, record, kept, uses, trouble } = setUp();
    trouble.ofUses = new Error('no');
    record(ofProgram);
    await recorder.flush();
    trouble.ofUses = undefined;
    record(ofProgram);
    await recorder.flush();
    expect([kept.length, uses.length]).toEqual([2, 1]);
  });
});

describe('a store in trouble', () => {
  const away = () => armError('ServiceUnavailable', {});

  test('gets everything when it is back', async () => {
    const { recorder, record, kept, said, trouble } = setUp();
    trouble.ofInsert = away;
    record(ofPerson, ofProgram);
    await recorder.flush();
    record(ofPerson);
    await recorder.flush();
    trouble.ofInsert = () => undefined;
    await recorder.flush();
    expect(kept.map(({ flow }) => flow)).toEqual(['browser', 'clientCredentials', 'browser']);
    expect(said).toEqual([
      [{ waiting: 2 }, 'the sign-in log cannot be written now'],
      [{ waiting: 3 }, 'the sign-in log cannot be written now'],
    ]);
  });

  test('costs a bounded memory, and the log says how much was lost', async () => {
    const { recorder, record, kept, said, trouble } = setUp();
    trouble.ofInsert = away;
    record(...repeat(9_000, () => ofPerson));
    await recorder.flush();
    record(...repeat(9_000, () => ofPerson));
    await recorder.flush();
    trouble.ofInsert = () => undefined;
    await recorder.flush();
    expect(kept).toHaveLength(10_000);
    expect(said).toContainEqual([
      { dropped: 8_000 },
      'sign-ins are missing in the log: there was no room to keep them',
    ]);
  });

  test('that refuses one entry gets all the others', async () => {
    const { recorder, record, kept, said, trouble } = setUp();
    const gone = newUuid(random);
    trouble.ofInsert = (signIns) => (signIns.some((each) => each.tenantId === gone) ? new Error('no such') : undefined);
    record(...repeat(40, (i) => (i === 17 ? { ...ofPerson, tenantId: gone } : ofPerson)));
    await recorder.flush();
    expect(kept).toHaveLength(39);
    expect(said.map(([, words]) => words)).toEqual(['a sign-in cannot be written to the log']);
  });
});

test('it flushes every second, and once more at the end', async () => {
  const { clock, recorder, record, kept } = setUp();
  const ending = new AbortController();
  const running = recorder.run(ending.signal);
  record(ofPerson);
  await clock.advance(seconds(1));
  await clock.advance(0);
  expect(kept).toHaveLength(1);
  record(ofPerson);
  ending.abort();
  record(ofPerson);
  await running;
  expect(kept).toHaveLength(3);
});
