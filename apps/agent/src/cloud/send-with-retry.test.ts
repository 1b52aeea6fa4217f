import { addMs, type Clock, minutes } from '@holdfast/kernel';
import { expect, test } from 'vitest';
import type { HttpAnswer } from './http.ts';
import { sendWithRetry } from './send-with-retry.ts';

const answer = (status: number, headers: HttpAnswer['headers'] = {}): HttpAnswer => ({
  status,
  headers,
  text: '',
  json: undefined,
});
const failure = (code: string) => Object.assign(new Error(code), { code });

/** Sends into a list of outcomes, the last of which repeats, on a clock that only waits move. */
const sendInto = async (outcomes: (HttpAnswer | Error)[]) => {
  let now = new Date(0);
  const waits: number[] = [];
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      now = addMs(now, ms);
    },
  };
  const http = {
    send: async () => {
      const next = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      if (next instanceof Error || next === undefined) throw next;
      return next;
    },
  };
  const policy = {
    clock,
    signal: new AbortController().signal,
    budgetMs: minutes(5),
    onRetry: (_: string, waitMs: number) => void waits.push(waitMs),
  };
  const call = () => ({ method: 'GET', url: 'https://h' });
  const end = await sendWithRetry(http, call, policy).catch((error: Error) => error.message);
  return { end: typeof end === 'string' ? end : end.status, waits, spentMs: now.getTime() };
};

test.each([200, 204, 302, 400, 401, 403, 404, 409])('%i is an answer', async (status) => {
  expect(await sendInto([answer(status)])).toEqual({ end: status, waits: [], spentMs: 0 });
});

test('silence, overload and outages are waited for with growing patience', async () => {
  const outage = [failure('ECONNREFUSED'), answer(503), answer(500), failure('ENOTFOUND'), answer(200)];
  expect(await sendInto(outage)).toMatchObject({ end: 200, waits: [1000, 2000, 4000, 8000] });
});

test('Retry-After is obeyed, within reason', async () => {
  const asked = [answer(429, { 'retry-after': '7' }), answer(503, { 'retry-after': '9999' }), answer(200)];
  expect(await sendInto(asked)).toMatchObject({ end: 200, waits: [7000, 60_000] });
});

test('it ends within the budget with what was last heard', async () => {
  for (const [outcome, end] of [
    [answer(503), 503],
    [failure('ECONNREFUSED'), 'ECONNREFUSED'],
  ] as const) {
    const sent = await sendInto([outcome]);
    expect(sent.end).toBe(end);
    expect(sent.spentMs).toBeGreaterThan(minutes(4));
    expect(sent.spentMs).toBeLessThanOrEqual(minutes(5));
  }
});

test('a certificate that is not accepted is not asked for again', async () => {
  for (const code of ['SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])
    expect(await sendInto([failure(code)])).toEqual({ end: code, waits: [], spentMs: 0 });
});
