import { signatureWindowSeconds } from '@holdfast/contracts';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestHost } from './test-host.test-support.ts';
import { machineId, type Signing, signedHeaders } from './test-machines.test-support.ts';
import { tenantId, tokenOf } from './test-tokens.test-support.ts';

const { host } = createTestHost();
afterAll(() => host.close());

const token = await tokenOf();
const path = '/agent/v1/beat';
const body = '{"size":1}';
const sign = (signing: Partial<Signing> = {}) => signedHeaders({ path, body, ...signing });
const post = (
  headers: Record<string, string | undefined>,
  more: { url?: string; payload?: string; method?: string } = {},
) => {
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return host.inject({ method: 'POST', url: path, payload: body, ...more, headers: sent } as never);
};

describe('a machine’s request is accepted', () => {
  test.each<[string, Partial<Signing>]>([
    ['signed with its key', {}],
    ['before it has a certificate', { claims: 'fresh' }],
    ['by a clock that is as far ahead as it may be', { ahead: signatureWindowSeconds }],
    ['by a clock that is as far behind as it may be', { ahead: -signatureWindowSeconds }],
  ])('%s', async (_, signing) => {
    const reply = await post(sign(signing));
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({ caller: { kind: 'Machine', machineId, tenantId }, body: { size: 1 } });
  });

  test('without a body, which is signed as an empty one', async () => {
    const url = '/agent/v1/write';
    const { 'content-type': _, ...headers } = sign({ path: url, body: '' });
    const reply = await host.inject({ method: 'POST', url, headers });
    expect(reply.json()).toMatchObject({ caller: { machineId }, transaction: 1 });
  });
});

describe('a machine’s request is refused', () => {
  const altered = sign();
  test.each<[string, string, Record<string, string | undefined>, Parameters<typeof post>[1]?]>([
    ['with an altered body', 'MachineSignatureInvalid', altered, { payload: '{"size":2}' }],
    [
      'with an altered body and a digest to match',
      'MachineSignatureInvalid',
      { ...altered, 'content-digest': sign({ body: '{"size":2}' })['content-digest'] },
      { payload: '{"size":2}' },
    ],
    ['sent to another path', 'MachineSignatureInvalid', altered, { url: '/agent/v1/write' }],
    ['signed for another method', 'MachineSignatureInvalid', sign({ method: 'GET' })],
    ['signed for another path', 'MachineSignatureInvalid', sign({ path: '/agent/v1/write' })],
    ['signed with another machine’s key', 'MachineSignatureInvalid', sign({ signs: 'fresh' })],
    ['signed with a key that no machine holds', 'MachineUnknown', sign({ claims: 'stranger' })],
    ['of a machine whose certificate has ended', 'MachineExpired', sign({ claims: 'lapsed' })],
    ['by a clock too far ahead', 'MachineClockSkew', sign({ ahead: signatureWindowSeconds + 1 })],
    ['by a clock too far behind', 'MachineClockSkew', sign({ ahead: -signatureWindowSeconds - 1 })],
    ['signed before 1970, in effect', 'MachineClockSkew', sign({ ahead: -1_700_000_000 })],
    [
      'with the time of another signature',
      'MachineSignatureInvalid',
      { ...sign({ ahead: 9 }), signature: altered['signature'] },
    ],
    ['without a signature', 'MachineSignatureMissing', { ...altered, signature: undefined }],
    ['without its parameters', 'MachineSignatureMissing', { ...altered, 'signature-input': undefined }],
    ['without a digest', 'MachineSignatureInvalid', { ...altered, 'content-digest': undefined }],
    ['of an unknown protocol', 'AgentProtocolUnsupported', sign({ protocol: '99' })],
    ['of an oddly spelled protocol', 'AgentProtocolUnsupported', sign({ protocol: '01' })],
    ['of no protocol', 'AgentProtocolUnsupported', { ...altered, 'holdfast-agent-protocol': undefined }],
    [
      'with a person’s token instead',
      'MachineSignatureMissing',
      { 'holdfast-agent-protocol': '1', authorization: `Bearer ${token}` },
    ],
  ])('%s: %s', async (_, code, headers, more) => {
    const reply = await post(headers, more);
    expect(reply.json().error.code).toBe(code);
    expect(reply.statusCode).toBe(code === 'AgentProtocolUnsupported' ? 400 : 401);
    // Machines do not sign in: a challenge would send them to a page for people.
    expect(reply.headers).not.toHaveProperty('www-authenticate');
  });

  test('with both times, so that somebody can see how far its clock is off', async () => {
    const { message } = (await post(sign({ ahead: 3600 }))).json().error;
    expect(message).toMatch(
      /signed at 2026-03-01T13:00:00.000Z, more than 300 seconds from .* 2026-03-01T12:00:00.000Z/,
    );
  });

  test('where people are served', async () => {
    const reply = await host.inject({
      method: 'GET',
      url: '/me',
      headers: signedHeaders({ path: '/me', body: '', method: 'GET' }),
    });
    expect([reply.statusCode, reply.json().error.code]).toEqual([401, 'AuthenticationFailed']);
  });
});
