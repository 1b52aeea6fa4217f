import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, type TestAuthority } from '../test/test-authority.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const origin = 'https://spa.example';
const ask = (method: 'OPTIONS' | 'POST' | 'GET', url: string, headers: Record<string, string> = {}) =>
  authority.app.inject({ method, url, headers: { origin, ...headers } });

describe('scripts in a browser', () => {
  test.each(['oauth2/token', 'oauth2/v2.0/token'])(
    'may ask %s, with headers of their own, and read its refusals',
    async (path) => {
      const url = `/${authority.tenant.id}/${path}`;
      const wanted = 'content-type, x-client-SKU';
      const before = await ask('OPTIONS', url, { 'access-control-request-headers': wanted });
      expect(before.statusCode).toBe(204);
      expect(before.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': wanted,
      });
      const refused = await ask('POST', url, { 'content-type': 'application/x-www-form-urlencoded' });
      expect(refused.headers['access-control-allow-origin']).toBe('*');
    },
  );

  test.each(['x\r\ny: z', '<b>', 'x'.repeat(1_025), ''])(
    'are not told to use what no header is called: %j',
    async (names) => {
      const headers = { 'access-control-request-headers': names.replace(/[\r\n]/g, ';') };
      const reply = await ask('OPTIONS', `/${authority.tenant.id}/oauth2/token`, headers);
      expect(reply.headers['access-control-allow-headers']).toBe('content-type');
    },
  );

  test('never come with cookies, and read no page', async () => {
    const urls = [
      `/${authority.tenant.id}/oauth2/v2.0/authorize`,
      '/devicelogin',
      `/${authority.tenant.id}/oauth2/logout`,
    ];
    for (const url of [...urls, `/${authority.tenant.id}/oauth2/token`])
      expect((await ask('GET', url)).headers).not.toHaveProperty('access-control-allow-credentials');
    for (const url of urls) {
      const { headers } = await ask('GET', url);
      expect(headers).not.toHaveProperty('access-control-allow-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });

  test('cannot ask for device codes', async () => {
    const reply = await ask('POST', `/${authority.tenant.id}/oauth2/v2.0/devicecode`);
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
