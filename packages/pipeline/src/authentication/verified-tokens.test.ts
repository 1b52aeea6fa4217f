import { addMs } from '@holdfast/kernel';
import { expect, test } from 'vitest';
import { now, owner, tenantId } from '../test-tokens.test-support.ts';
import type { VerifiedToken } from './verified-token.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

const token = (name: string): VerifiedToken => ({
  keyId: 'key',
  principal: { kind: 'User', objectId: owner, tenantId, name },
  issuedAt: now.getTime(),
  credentialId: undefined,
});

test('a token is known until the moment it expires', () => {
  const tokens = createVerifiedTokens(2);
  tokens.remember('a', token('a'), addMs(now, 10));
  expect(tokens.find('a', addMs(now, 9))).toEqual(token('a'));
  expect(tokens.find('a', addMs(now, 10))).toBeUndefined();
  expect(tokens.find('a', now)).toBeUndefined();
});

test('no more than the capacity is kept: the oldest gives way', () => {
  const tokens = createVerifiedTokens(2);
  for (const name of ['a', 'b', 'c']) tokens.remember(name, token(name), addMs(now, 10));
  expect(['a', 'b', 'c'].map((name) => tokens.find(name, now)?.principal.name)).toEqual([undefined, 'b', 'c']);
});

test('a token without a usable end is not remembered for ever', () => {
  const tokens = createVerifiedTokens(2);
  tokens.remember('a', token('a'), new Date(Number.NaN));
  expect(tokens.find('a', now)).toBeUndefined();
});
