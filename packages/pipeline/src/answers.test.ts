import { afterAll, describe, expect, test } from 'vitest';
import { createTestHost, subscription, things, version } from './test-host.test-support.ts';
import { loginOrigin, now, origin, tenantId, tokenOf } from './test-tokens.test-support.ts';

const { host, logged } = createTestHost();
afterAll(() => host.close());

const token = await tokenOf();
const get = (url: string, headers: Record<string, string> = {}) =>
  host.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}`, ...headers } });
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('every answer', () => {
  test.each([
    [`${things}/t?${version}`, 200],
    [`${things}/crash?${version}`, 500],
    ['/nowhere', 404],
  ])('%s carries ARM’s headers', async (url, status) => {
    const reply = await get(url);
    expect(reply.statusCode).toBe(status);
    expect(reply.headers).toMatchObject({
      'x-ms-request-id': uuid,
      'x-ms-correlation-request-id': uuid,
      'x-ms-routing-request-id': `HOLDFAST:20260301T120000Z:${reply.headers['x-ms-request-id']}`,
      'cache-control': 'no-cache',
      pragma: 'no-cache',
      expires: '-1',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  test('speaks of the request by the ids that the client gave it', async () => {
    const reply = await get('/me', {
      'x-ms-correlation-request-id': 'trace-1',
      'x-ms-client-request-id': 'mine',
      'x-ms-return-client-request-id': 'True',
    });
    expect(reply.headers).toMatchObject({ 'x-ms-correlation-request-id': 'trace-1', 'x-ms-client-request-id': 'mine' });
    expect(reply.json().correlationId).toBe('trace-1');
  });

  test('keeps the client’s own id to itself unless asked, and echoes no nonsense', async () => {
    expect((await get('/me', { 'x-ms-client-request-id': 'mine' })).headers).not.toHaveProperty(
      'x-ms-client-request-id',
    );
    const odd = await get('/me', {
      'x-ms-correlation-request-id': '<script>',
      'x-ms-client-request-id': 'x'.repeat(129),
      'x-ms-return-client-request-id': 'true',
    });
    expect(odd.headers['x-ms-correlation-request-id']).toEqual(uuid);
    expect(odd.headers).not.toHaveProperty('x-ms-client-request-id');
  });
});

describe('an error', () => {
  test('is ARM’s envelope, and its cause stays here', async () => {
    const reply = await get(`${things}/taken?${version}`);
    expect(reply.json()).toEqual({ error: { code: 'Conflict', message: expect.any(String), target: 'key' } });
    expect(reply.body).not.toContain('hunter2');
    expect(reply.headers['x-ms-failure-cause']).toBe('gateway');
  });

  test('that nobody expected is 500 with the correlation id alone; the log has the rest under that id', async () => {
    const reply = await get(`${things}/crash?${version}`, { 'x-ms-correlation-request-id': 'trace-2' });
    expect(reply.statusCode).toBe(500);
    expect(reply.json()).toEqual({
      error: {
        code: 'InternalServerError',
        message: 'The server could not complete the request. Quote the correlation id trace-2 to its administrator.',
      },
    });
    const entry = logged
      .map((line) => JSON.parse(line))
      .find(({ msg, correlationId }) => msg === 'request failed' && correlationId === 'trace-2');
    expect(entry.err.message).toContain('hunter2');
  });

  test.each([
    ['busy', 429, 'SubscriptionRequestsThrottled'],
    ['away', 503, 'ServiceUnavailable'],
  ])('%s is %i with a time to come back, spread so that not all come together', async (name, status, code) => {
    const reply = await get(`${things}/${name}?${version}`);
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
    const after = Number(reply.headers['retry-after']);
    expect(after).toBeGreaterThanOrEqual(5);
    expect(after).toBeLessThanOrEqual(15);
  });

  test('is also what is left of an answer that HTTP cannot carry', async () => {
    const reply = await get(`${things}/unsendable?${version}`);
    expect([reply.statusCode, reply.json().error.code]).toEqual([500, 'InternalServerError']);
    expect(reply.headers).not.toHaveProperty('location');
    expect((await get('/me')).statusCode).toBe(200);
  });

  test('no token is ever logged', async () => {
    expect(logged.join('')).not.toContain(token.split('.')[2]);
  });
});

describe('401 tells where to sign in (RFC 6750 section 3)', () => {
  const challengeOf = async (url: string, authorization?: string) => {
    const reply = await host.inject({
      method: 'GET',
      url,
      headers: authorization === undefined ? {} : { authorization },
    });
    expect(reply.statusCode).toBe(401);
    return String(reply.headers['www-authenticate']);
  };

  test.each([
    [`${subscription}?${version}`, `${loginOrigin}/${tenantId}`],
    [`/${subscription.toUpperCase()}?${version}`, `${loginOrigin}/${tenantId}`],
    [`${things}/t?${version}`, `${loginOrigin}/${tenantId}`],
    [`/subscriptions/eeeeeeee-0000-4000-8000-000000000001?${version}`, loginOrigin],
    ['/subscriptions/nonsense', loginOrigin],
    [`/subscriptions?${version}`, loginOrigin],
    ['/me', loginOrigin],
  ])('%s: %s', async (url, uri) => {
    expect(await challengeOf(url)).toBe(
      `Bearer authorization_uri="${uri}", error="invalid_token", error_description="Authentication failed. The 'Authorization' header is missing."`,
    );
  });

  test('nothing foreign breaks out of the header', async () => {
    const audience = 'https://x.example/"\r\nset-cookie: a=b; ☃ü';
    const challenge = await challengeOf('/me', `Bearer ${await tokenOf({ aud: audience })}`);
    expect(challenge).toMatch(
      /^Bearer authorization_uri="[^"]*", error="invalid_token", error_description="[\x20-\x7e]*"$/,
    );
    expect(challenge.match(/"/g)).toHaveLength(6);
  });

  test('also when the database that knows the tenants is away', async () => {
    const away = createTestHost({ tenants: { tenantOf: () => Promise.reject(new Error('down')) } });
    const reply = await away.host.inject({ method: 'GET', url: `${things}/t?${version}` });
    expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, expect.stringContaining(loginOrigin)]);
    await away.host.close();
  });

  test('and nothing else needs a token', async () => {
    const reply = await host.inject({ method: 'GET', url: `/metadata/endpoints?${version}` });
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ origin, now: now.toISOString() });
    expect(reply.json()).not.toHaveProperty('caller');
  });
});
