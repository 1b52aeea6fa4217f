import { addMs, type Uuid } from '@holdfast/kernel';
import { expect, test } from 'vitest';
import { now, owner, tenantId } from '../test-tokens.test-support.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

const principal = (name: string) => ({ kind: 'User', objectId: owner, tenantId: tenantId as Uuid, name }) as const;

test('a token is known until the moment it expires', () => {
  const tokens = createVerifiedTokens(2);
  tokens.remember('a', principal('a'), addMs(now, 10));
  expect(tokens.find('a', addMs(now, 9))).toEqual(principal('a'));
  expect(tokens.find('a', addMs(now, 10))).toBeUndefined();
  expect(tokens.find('a', now)).toBeUndefined();
});

test('no more than the capacity is kept: the oldest gives way', () => {
  const tokens = createVerifiedTokens(2);
  for (const name of ['a', 'b', 'c']) tokens.remember(name, principal(name), addMs(now, 10));
  expect(['a', 'b', 'c'].map((name) => tokens.find(name, now)?.name)).toEqual([undefined, 'b', 'c']);
});

test('a token without a usable end is not remembered for ever', () => {
  const tokens = createVerifiedTokens(2);
  tokens.remember('a', principal('a'), new Date(Number.NaN));
  expect(tokens.find('a', now)).toBeUndefined();
});
