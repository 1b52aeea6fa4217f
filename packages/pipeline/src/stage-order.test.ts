import { afterAll, describe, expect, test } from 'vitest';
import { bodyLimit } from './http-host.ts';
import { createTestHost, things, version } from './test-host.test-support.ts';
import { signedHeaders } from './test-machines.test-support.ts';
import { nobody, owner, tokenOf } from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const [stranger, holder] = await Promise.all([tokenOf({ oid: nobody }), tokenOf({ oid: owner })]);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const json = { 'content-type': 'application/json' };

/** Each row mends the fault that the row before was refused for; all that stand below it are still there. */
describe('of several faults of a request the first in the order of the stages is answered', () => {
  const url = `${things}/taken`;
  const xml = { 'content-type': 'text/xml' };
  test.each<[number, string, RegExp | undefined, { url: string; headers: object; payload: string }]>([
    [413, 'RequestContentTooLarge', /4194304/, { url, headers: xml, payload: 'x'.repeat(bodyLimit + 1) }],
    [400, 'MissingApiVersionParameter', undefined, { url, headers: xml, payload: 'x' }],
    [400, 'NoRegisteredProviderFound', undefined, { url: `${url}?api-version=1999-01-01`, headers: xml, payload: 'x' }],
    [401, 'AuthenticationFailed', /missing/, { url: `${url}?${version}`, headers: xml, payload: 'x' }],
    [
      403,
      'AuthorizationFailed',
      undefined,
      { url: `${url}?${version}`, headers: { ...xml, ...bearer(stranger) }, payload: 'x' },
    ],
    [
      415,
      'UnsupportedMediaType',
      /text\/xml/,
      { url: `${url}?${version}`, headers: { ...xml, ...bearer(holder) }, payload: 'x' },
    ],
    [
      400,
      'InvalidRequestContent',
      /JSON/,
      { url: `${url}?${version}`, headers: { ...json, ...bearer(holder) }, payload: 'x' },
    ],
    [
      400,
      'InvalidRequestContent',
      /size must be integer/,
      { url: `${url}?${version}`, headers: { ...json, ...bearer(holder) }, payload: '{"size":"1"}' },
    ],
    [
      409,
      'Conflict',
      undefined,
      { url: `${url}?${version}`, headers: { ...json, ...bearer(holder) }, payload: '{"size":1}' },
    ],
  ])('%i %s', async (status, code, words, request) => {
    const reply = await host.inject({ method: 'PUT', ...request } as never);
    expect(reply.statusCode).toBe(status);
    expect(reply.json().error.code).toBe(code);
    if (words !== undefined) expect(reply.json().error.message).toMatch(words);
  });

  test('200, when nothing is wrong', async () => {
    const headers = { ...json, ...bearer(holder) };
    const reply = await host.inject({ method: 'PUT', url: `${things}/t1?${version}`, headers, payload: '{"size":1}' });
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ body: { size: 1 }, transaction: expect.any(Number) });
  });
});

describe('for a machine', () => {
  const path = '/agent/v1/beat';
  const body = '{"size":"x"}';
  const sign = (more: Partial<Parameters<typeof signedHeaders>[0]> = {}) => signedHeaders({ path, body, ...more });
  const mended = (from: Record<string, string>, ...names: string[]) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));

  test.each<[number, string, Record<string, string>]>([
    [400, 'AgentProtocolUnsupported', mended(sign({ claims: 'stranger', ahead: 999, protocol: '0' }), 'signature')],
    [401, 'MachineSignatureMissing', mended(sign({ claims: 'stranger', ahead: 999 }), 'signature', 'content-digest')],
    [401, 'MachineSignatureInvalid', mended(sign({ claims: 'stranger', ahead: 999 }), 'content-digest')],
    [401, 'MachineClockSkew', sign({ claims: 'stranger', ahead: 999 })],
    [401, 'MachineUnknown', sign({ claims: 'stranger', signs: 'fresh' })],
    // Only the holder of a key is told that its certificate has expired.
    [401, 'MachineSignatureInvalid', sign({ claims: 'lapsed', signs: 'fresh' })],
    [401, 'MachineExpired', sign({ claims: 'lapsed' })],
    [400, 'InvalidRequestContent', sign()],
  ])('%i %s', async (status, code, headers) => {
    const reply = await host.inject({ method: 'POST', url: path, headers, payload: body });
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
  });
});

describe('for a path that no operation answers', () => {
  test.each<[number, string, string, object]>([
    [401, 'AuthenticationFailed', '/nowhere', {}],
    [404, 'NotFound', '/nowhere', bearer(stranger)],
  ])('%i %s', async (status, code, url, headers) => {
    const reply = await host.inject({ method: 'GET', url, headers } as never);
    expect([reply.statusCode, reply.json().error.code]).toEqual([status, code]);
  });
});
