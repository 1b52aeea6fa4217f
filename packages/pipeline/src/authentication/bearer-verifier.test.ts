import { type KeyObject, randomBytes } from 'node:crypto';
import { addMs, type Uuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { exportSPKI } from 'jose';
import { describe, expect, test } from 'vitest';
import type { TokenKeys } from '../ports.ts';
import {
  claimsOf,
  loginOrigin,
  now,
  origin,
  otherTenantId,
  owner,
  person,
  signingKeys,
  standing,
  tenantId,
  tokenKeys,
  tokenOf,
} from '../test-tokens.test-support.ts';
import { armAudiences } from './audiences.ts';
import { createBearerVerifier } from './bearer-verifier.ts';

const verifier = (keys: TokenKeys = tokenKeys) =>
  createBearerVerifier({
    tokenKeys: keys,
    standing,
    audiences: armAudiences(origin),
    loginOrigin,
    delegated: 'user_impersonation',
  });
const codeOf = (token: string, at = now): Promise<string> =>
  verifier()
    .verify(token, at)
    .then(
      () => 'accepted',
      (error) => error.code,
    );

const keysOf = (tenant: Uuid): { publicKey: KeyObject; privateKey: KeyObject } => {
  const keys = signingKeys[tenant];
  if (keys === undefined) throw new Error('no keys');
  return keys;
};
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, claims = claimsOf()) => `${base64(header)}.${base64(claims)}.`;
const time = (seconds: number) => Math.floor(now.getTime() / 1000) + seconds;

describe('a token is accepted', () => {
  test.each([
    ['our own origin', {}],
    ['a trailing slash', { aud: `${origin}/` }],
    ['Azure’s own audience', { aud: 'https://management.azure.com' }],
    ['the audience of older clients', { aud: 'https://management.core.windows.net/' }],
    ['one audience of several', { aud: ['https://elsewhere.example', origin] }],
    ['a v1 issuer', { iss: `${loginOrigin}/${tenantId}/` }],
    ['the last second of its life', { exp: time(1) }],
    ['the first second of its life', { nbf: time(0) }],
  ])('with %s', async (_, claims) => {
    expect(await codeOf(await tokenOf(claims))).toBe('accepted');
  });

  test.each([
    [{}, { kind: 'Application', name: 'bbbbbbbb-0000-4000-8000-000000000001' }],
    [
      { azp: undefined, appid: 'app-1' },
      { kind: 'Application', name: 'app-1' },
    ],
    [{ upn: 'spoof@x' }, { kind: 'Application', name: 'bbbbbbbb-0000-4000-8000-000000000001' }],
    [
      { ...person, upn: 'ann@x', scp: 'openid user_impersonation' },
      { kind: 'User', name: 'ann@x', scopes: ['openid', 'user_impersonation'] },
    ],
    [{ xms_mirid: '/subscriptions/s' }, { kind: 'ManagedIdentity' }],
    // Only a program's token is one without a person behind it.
    [{ ...person, xms_mirid: '/subscriptions/s' }, { kind: 'User' }],
    [{ roles: ['User.Read.All'] }, { kind: 'Application', permissions: ['User.Read.All'] }],
    [{ azp: undefined }, { name: owner }],
    [{ oid: owner.toUpperCase() }, { objectId: owner }],
  ])('and %j becomes %j', async (claims, principal) => {
    expect(await verifier().verify(await tokenOf(claims), now)).toMatchObject({ tenantId, ...principal });
  });
});

describe('a token is refused', () => {
  const publicPem = () => exportSPKI(keysOf(tenantId).publicKey as never);
  const attacks: readonly (readonly [string, string, () => Promise<string> | string])[] = [
    ['unsigned', 'InvalidAuthenticationToken', () => unsigned({ alg: 'none', kid: 'key-1' })],
    ['unsigned, oddly spelled', 'InvalidAuthenticationToken', () => unsigned({ alg: 'nOnE', kid: 'key-1' })],
    ['unsigned, said to be RS256', 'InvalidAuthenticationToken', () => unsigned({ alg: 'RS256', kid: 'key-1' })],
    [
      'HS256 with the public key as its secret',
      'InvalidAuthenticationToken',
      async () => tokenOf({}, { header: { alg: 'HS256' }, key: Buffer.from(await publicPem()) }),
    ],
    ['PS256', 'InvalidAuthenticationToken', () => tokenOf({}, { header: { alg: 'PS256' } })],
    ['RS512', 'InvalidAuthenticationToken', () => tokenOf({}, { header: { alg: 'RS512' } })],
    ['of an unknown key', 'InvalidAuthenticationToken', () => tokenOf({}, { header: { kid: 'key-2' } })],
    ['of no key', 'InvalidAuthenticationToken', () => tokenOf({}, { header: { kid: undefined } })],
    [
      'with a key of its own',
      'InvalidAuthenticationToken',
      () =>
        tokenOf(
          {},
          {
            header: { jwk: keysOf(otherTenantId).publicKey.export({ format: 'jwk' }) },
            key: keysOf(otherTenantId).privateKey,
          },
        ),
    ],
    [
      'of another tenant’s key',
      'InvalidAuthenticationToken',
      () => tokenOf({}, { key: keysOf(otherTenantId).privateKey }),
    ],
    [
      'of a tenant that names another as its issuer',
      'InvalidAuthenticationTokenTenant',
      () => tokenOf({ tid: otherTenantId }, { key: keysOf(otherTenantId).privateKey }),
    ],
    ['of an unknown tenant', 'InvalidAuthenticationToken', () => tokenOf({ tid: owner })],
    ['of no tenant', 'InvalidAuthenticationToken', () => tokenOf({ tid: undefined })],
    ['of a tenant that is no UUID', 'InvalidAuthenticationToken', () => tokenOf({ tid: '../keys' })],
    [
      'for another audience',
      'InvalidAuthenticationTokenAudience',
      () => tokenOf({ aud: 'https://graph.microsoft.com' }),
    ],
    ['for a longer audience', 'InvalidAuthenticationTokenAudience', () => tokenOf({ aud: `${origin}.evil.example` })],
    ['for no audience', 'InvalidAuthenticationToken', () => tokenOf({ aud: undefined })],
    [
      'of another issuer',
      'InvalidAuthenticationTokenTenant',
      () => tokenOf({ iss: `https://sts.windows.net/${tenantId}/` }),
    ],
    ['of no issuer', 'InvalidAuthenticationToken', () => tokenOf({ iss: undefined })],
    ['expired this second', 'ExpiredAuthenticationToken', () => tokenOf({ exp: time(0) })],
    ['expired long ago', 'ExpiredAuthenticationToken', () => tokenOf({ exp: time(-99_999), nbf: time(-200_000) })],
    ['that never expires', 'InvalidAuthenticationToken', () => tokenOf({ exp: undefined })],
    ['not valid yet', 'InvalidAuthenticationToken', () => tokenOf({ nbf: time(1) })],
    ['of nobody', 'InvalidAuthenticationToken', () => tokenOf({ oid: undefined })],
    ['of no credential that there could be', 'InvalidAuthenticationToken', () => tokenOf({ xms_cid: 'x' })],
    ['of a person, for another permission', 'AuthorizationFailed', () => tokenOf({ ...person, scp: 'User.Read' })],
    ['of a person, for no permission', 'AuthorizationFailed', () => tokenOf({ ...person, scp: undefined })],
    [
      'of a person, for one that only begins so',
      'AuthorizationFailed',
      () => tokenOf({ ...person, scp: 'user_impersonation2' }),
    ],
    ['that does not say that it is a program’s', 'AuthorizationFailed', () => tokenOf({ idtyp: undefined })],
    ['of somebody who is no UUID', 'InvalidAuthenticationToken', () => tokenOf({ oid: 'root' })],
    [
      'with changed claims',
      'InvalidAuthenticationToken',
      async () => {
        const [header, , signature] = (await tokenOf()).split('.');
        return [header, base64(claimsOf({ oid: otherTenantId })), signature].join('.');
      },
    ],
    [
      'with a changed header',
      'InvalidAuthenticationToken',
      async () => {
        const [, claims, signature] = (await tokenOf()).split('.');
        return [base64({ alg: 'RS256', kid: 'key-1', x: 1 }), claims, signature].join('.');
      },
    ],
    ['with a shorter signature', 'InvalidAuthenticationToken', async () => (await tokenOf()).slice(0, -4)],
    ['without a signature', 'InvalidAuthenticationToken', async () => (await tokenOf()).replace(/[^.]*$/, '')],
    ['that is none', 'InvalidAuthenticationToken', () => 'not-a-token'],
  ];
  test.each(attacks)('%s: %s', async (_, code, make) => {
    expect(await codeOf(await make())).toBe(code);
  });

  test('whatever its text, with an error of the catalogue', async () => {
    const dotted = fc.array(fc.base64String(), { maxLength: 5 }).map((parts) => parts.join('.'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), dotted), async (text) => {
        expect(await codeOf(text)).toBe('InvalidAuthenticationToken');
      }),
    );
  });
});

describe('a verified token is remembered', () => {
  test('so that it is verified once, and no longer than it lives', async () => {
    let key = keysOf(tenantId).publicKey;
    const remembering = verifier({ find: async () => key });
    const token = await tokenOf({ exp: time(60) });
    await remembering.verify(token, now);
    key = keysOf(otherTenantId).publicKey;
    await remembering.verify(token, addMs(now, 59_999));
    await expect(remembering.verify(token, addMs(now, 60_000))).rejects.toMatchObject({
      code: 'InvalidAuthenticationToken',
    });
  });

  test('and forgotten with the key that signed it, when that is revoked', async () => {
    let isRevoked = false;
    const remembering = verifier({
      find: (...of) => (isRevoked ? Promise.resolve(undefined) : tokenKeys.find(...of)),
    });
    const token = await tokenOf();
    await remembering.verify(token, now);
    isRevoked = true;
    await expect(remembering.verify(token, now)).rejects.toMatchObject({ code: 'InvalidAuthenticationToken' });
  });

  test('and a refused one is not, so that a new key works at once', async () => {
    let keyIsKnown = false;
    const remembering = verifier({
      find: (...of) => (keyIsKnown ? tokenKeys.find(...of) : Promise.resolve(undefined)),
    });
    const token = await tokenOf();
    await expect(remembering.verify(token, now)).rejects.toMatchObject({ code: 'InvalidAuthenticationToken' });
    keyIsKnown = true;
    expect(await remembering.verify(token, now)).toMatchObject({ objectId: owner });
  });

  test('only as that very text: a token with the same beginning is verified anew', async () => {
    const remembering = verifier();
    const token = await tokenOf();
    await remembering.verify(token, now);
    const forged = `${token.slice(0, -8)}${randomBytes(6).toString('base64url')}`;
    await expect(remembering.verify(forged, now)).rejects.toMatchObject({ code: 'InvalidAuthenticationToken' });
  });
});
