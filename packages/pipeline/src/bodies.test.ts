import { afterAll, describe, expect, test } from 'vitest';
import { bodyLimit } from './http-host.ts';
import { createTestHost, things, version } from './test-host.test-support.ts';
import { tokenOf } from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const authorization = `Bearer ${await tokenOf()}`;
const put = (
  payload: string | Buffer | undefined,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) =>
  host.inject({
    method: 'PUT',
    url: `${things}/t?${version}`,
    headers: { authorization, ...headers },
    ...(payload !== undefined && { payload }),
  });

describe('a body', () => {
  test.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['Application/JSON'],
    ['application/merge-patch+json'],
    ['application/vnd.holdfast.v1+json;x=y'],
  ])('is read as %s', async (type) => {
    expect((await put('{"size":1}', { 'content-type': type })).statusCode).toBe(200);
  });

  test('is read without a media type, and with a byte order mark', async () => {
    expect((await put(Buffer.from('{"size":1}'), {})).statusCode).toBe(200);
    expect((await put('\uFEFF{"size":1}')).statusCode).toBe(200);
  });

  test.each([
    'text/plain',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ])('%s is 415', async (type) => {
    const reply = await put('{"size":1}', { 'content-type': type });
    expect([reply.statusCode, reply.json().error.code]).toEqual([415, 'UnsupportedMediaType']);
  });

  test.each([
    [undefined, /the body is empty/],
    ['', /the body is empty/],
    ['{', /JSON/],
    ['{"size":1}}', /JSON/],
    ["{'size':1}", /JSON/],
    ['NaN', /JSON/],
    ['null', /the body must be object/],
    ['[]', /the body must be object/],
    ['{}', /must have required property 'size'/],
    ['{"size":"1"}', /size must be integer/],
    ['{"size":1.5}', /size must be integer/],
    ['{"size":1,"colour":null}', /colour must be string/],
  ])('%j is 400', async (payload, words) => {
    const reply = await put(payload);
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'InvalidRequestContent']);
    expect(reply.json().error.message).toMatch(words);
  });

  test.each(['{"size":1,"password":hunter2}', '{"password":"hunter2" x', 'hunter2'])(
    '%s is 400 in words that repeat nothing of it',
    async (payload) => {
      const reply = await put(payload);
      expect(reply.statusCode).toBe(400);
      expect(reply.json().error.message).toMatch(/the body is not JSON/);
      expect(reply.body).not.toMatch(/hunter|password/);
    },
  );

  test('reaches the handler as it was sent: nothing is coerced, removed or filled in', async () => {
    const sent = { size: 1, unknown: { deep: [1, '1', null] } };
    expect((await put(JSON.stringify(sent))).json().body).toEqual(sent);
  });

  test('of the largest size is taken, one byte more is 413', async () => {
    const largest = `{"size":1${' '.repeat(bodyLimit - 10)}}`;
    expect((await put(largest)).statusCode).toBe(200);
    const reply = await put(`${largest} `);
    expect([reply.statusCode, reply.json().error.code]).toEqual([413, 'RequestContentTooLarge']);
    expect(reply.headers['x-ms-correlation-request-id']).toBeDefined();
  });

  test('is not looked at where the operation takes none', async () => {
    const reply = await host.inject({
      method: 'GET',
      url: `${things}/t?${version}`,
      headers: { authorization, 'content-type': 'application/json' },
      payload: 'not json',
    });
    expect(reply.statusCode).toBe(200);
  });
});
