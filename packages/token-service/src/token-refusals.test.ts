import { armError } from '@holdfast/arm';
import { newUuid } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';
import { random } from '../test/test-directory.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

const scope = 'https://management.azure.com/.default';
const wrong = 'canary-wrong-secret-value';

const valid = () => {
  const { client, secret } = authority.addClient(authority.tenant);
  return { grant_type: 'client_credentials', client_id: client.appId, client_secret: secret, scope };
};

const without = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(valid()).filter(([field]) => field !== name));

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('a refusal', () => {
  test.each<[string, () => Record<string, string>, number, string, number]>([
    ['no grant type', () => without('grant_type'), 400, 'invalid_request', 900144],
    ['an unknown grant type', () => ({ ...valid(), grant_type: 'magic' }), 400, 'unsupported_grant_type', 70003],
    ['no client id', () => without('client_id'), 400, 'invalid_request', 900144],
    ['an unknown client', () => ({ ...valid(), client_id: newUuid(random) }), 400, 'unauthorized_client', 700016],
    ['a client id that is no GUID', () => ({ ...valid(), client_id: 'me' }), 400, 'unauthorized_client', 700016],
    ['no credential', () => without('client_secret'), 401, 'invalid_client', 7000216],
    ['an empty credential', () => ({ ...valid(), client_secret: '' }), 401, 'invalid_client', 7000216],
    ['a wrong secret', () => ({ ...valid(), client_secret: wrong }), 401, 'invalid_client', 7000215],
    ['two credentials', () => ({ ...valid(), client_assertion: 'x' }), 400, 'invalid_request', 9002313],
    [
      'an assertion without its type',
      () => ({ ...without('client_secret'), client_assertion: 'x' }),
      400,
      'invalid_request',
      900144,
    ],
    [
      'another kind of assertion',
      () => ({ ...without('client_secret'), client_assertion: 'x', client_assertion_type: 'urn:saml2' }),
      400,
      'invalid_request',
      9002313,
    ],
    ['no scope', () => without('scope'), 400, 'invalid_request', 900144],
    ['a scope without a resource', () => ({ ...valid(), scope: 'openid profile' }), 400, 'invalid_scope', 70011],
    ['two resources', () => ({ ...valid(), scope: 'api://a/.default api://b/.default' }), 400, 'invalid_scope', 70011],
    ['a scope by name', () => ({ ...valid(), scope: 'https://a.example/read' }), 400, 'invalid_scope', 1002012],
    ['a resource without scheme', () => ({ ...valid(), scope: 'my-app/.default' }), 400, 'invalid_resource', 500011],
    ['a plain http resource', () => ({ ...valid(), scope: 'http://a/.default' }), 400, 'invalid_resource', 500011],
    [
      'a resource with a password',
      () => ({ ...valid(), scope: 'https://u:p@a/.default' }),
      400,
      'invalid_resource',
      500011,
    ],
    [
      'a very long resource',
      () => ({ ...valid(), scope: `https://${'a'.repeat(600)}/.default` }),
      400,
      'invalid_resource',
      500011,
    ],
  ])('for %s', async (_, fields, status, error, number) => {
    const reply = await postForm(authority.app, { tenant: authority.tenant.id }, fields());
    expect([reply.statusCode, reply.json().error, reply.json().error_codes]).toEqual([status, error, [number]]);
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
    expect(reply.body).not.toContain('canary');
  });

  test('has the body that clients read', async () => {
    const correlationId = newUuid(random);
    const headers = { 'client-request-id': correlationId };
    const to = { tenant: authority.tenant.id, headers };
    const reply = await postForm(authority.app, to, { ...valid(), client_secret: wrong });
    const body = reply.json();
    expect(Object.keys(body)).toEqual([
      'error',
      'error_description',
      'error_codes',
      'timestamp',
      'trace_id',
      'correlation_id',
      'error_uri',
    ]);
    expect(body.error_description).toMatch(
      /^AADSTS7000215: Invalid client secret provided\. .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
    );
    expect(body.correlation_id).toBe(correlationId);
    expect(reply.headers['client-request-id']).toBe(correlationId);
    const page = await authority.app.inject({ url: new URL(body.error_uri).pathname + new URL(body.error_uri).search });
    expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('AADSTS7000215')]);
  });

  test('names the v1 parameter that is missing', async () => {
    const reply = await postForm(authority.app, { tenant: authority.tenant.id, path: 'oauth2/token' }, valid());
    expect(reply.json().error_description).toContain("'resource'");
  });

  test('comes for Basic authentication with its challenge', async () => {
    const { client } = authority.addClient(authority.tenant);
    const to = { tenant: authority.tenant.id, headers: basic(`${client.appId}:${wrong}`) };
    const reply = await postForm(authority.app, to, { grant_type: 'client_credentials', scope });
    expect([reply.statusCode, reply.headers['www-authenticate']]).toEqual([401, 'Basic realm="holdfast"']);
  });

  test.each([
    [
      'another client id in the body',
      (id: string, secret: string) => ({ ...basic(`${id}:${secret}`) }),
      newUuid(random),
    ],
    ['broken encoding', (id: string) => ({ ...basic(`${id}:%zz`) }), undefined],
    ['no colon', (id: string) => ({ ...basic(id) }), undefined],
  ])('comes for Basic authentication with %s', async (_, headers, clientId) => {
    const { client, secret } = authority.addClient(authority.tenant);
    const fields = { grant_type: 'client_credentials', scope, ...(clientId && { client_id: clientId }) };
    const to = { tenant: authority.tenant.id, headers: headers(client.appId, secret) };
    expect((await postForm(authority.app, to, fields)).json().error_codes).toEqual([9002313]);
  });

  test.each([
    ['nobody.example', 90002],
    [newUuid(random), 90002],
    ['..%2f..', 90002],
    ['common', 50059],
    ['organizations', 50059],
  ])('comes for the tenant %s', async (tenant, number) => {
    const reply = await postForm(authority.app, { tenant }, valid());
    expect([reply.statusCode, reply.json().error_codes]).toEqual([400, [number]]);
  });

  test('tells a disabled client only after it has proven itself', async () => {
    const { client, secret } = authority.addClient(authority.tenant, { enabled: false });
    const ask = async (given: string) => {
      const fields = { grant_type: 'client_credentials', client_id: client.appId, client_secret: given, scope };
      return (await postForm(authority.app, { tenant: authority.tenant.id }, fields)).json().error_codes;
    };
    expect(await ask(wrong)).toEqual([7000215]);
    expect(await ask(secret)).toEqual([7000112]);
  });
});

describe('a request that cannot be read', () => {
  const send = (payload: string, type = 'application/x-www-form-urlencoded') =>
    authority.app.inject({
      method: 'POST',
      url: `/${authority.tenant.id}/oauth2/v2.0/token`,
      headers: { 'content-type': type },
      payload,
    });

  test.each([
    ['a parameter sent twice', 'grant_type=client_credentials&grant_type=password', undefined, 400, 9000411],
    ['JSON', '{}', 'application/json', 400, 9002313],
    ['too many fields', Array.from({ length: 101 }, (_, i) => `f${i}=1`).join('&'), undefined, 400, 9002313],
    ['too large a body', `a=${'x'.repeat(70_000)}`, undefined, 413, 9002313],
    ['nothing at all', '', undefined, 400, 900144],
  ])('is refused: %s', async (_, payload, type, status, number) => {
    const reply = await send(payload, type);
    expect([reply.statusCode, reply.json().error_codes]).toEqual([status, [number]]);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'] as const)('is refused: the method %s', async (method) => {
    const reply = await authority.app.inject({ method, url: `/${authority.tenant.id}/oauth2/token` });
    expect([reply.statusCode, reply.headers.allow, reply.json().error_codes]).toEqual([405, 'POST', [900561]]);
  });
});

describe('trouble behind the endpoint', () => {
  const secretive = new Error('password authentication failed for user "holdfast"');

  test.each([
    [
      'that cannot be reached makes 503 with a time to come back',
      armError('ServiceUnavailable', {}, { cause: secretive }),
      503,
    ],
    ['that is broken makes 500', secretive, 500],
  ])('a store %s, says nothing of why, and passes', async (_, fault, status) => {
    const fields = valid();
    authority.clock.advance(60_001);
    authority.failWith(fault);
    const down = await postForm(authority.app, { tenant: authority.tenant.id }, fields);
    authority.failWith(undefined);
    expect(down.statusCode).toBe(status);
    expect(down.body).not.toContain('password');
    expect(down.headers['retry-after'] !== undefined).toBe(status === 503);
    expect((await postForm(authority.app, { tenant: authority.tenant.id }, fields)).statusCode).toBe(200);
  });

  test('a tenant without a signing key makes 500', async () => {
    const kept = authority.signingKeys.splice(0);
    authority.clock.advance(61_000);
    const reply = await postForm(authority.app, { tenant: authority.tenant.id }, valid());
    authority.signingKeys.push(...kept);
    expect([reply.statusCode, reply.json().error]).toEqual([500, 'server_error']);
  });
});
