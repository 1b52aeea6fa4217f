import { newUuid } from '@holdfast/kernel';
import { seededRandom } from '@holdfast/testkit';
import { expect, test } from 'vitest';
import { locate } from './locate.ts';
import type { NamedLocation } from './policy.ts';

const random = seededRandom('locate');
const at = new Date('2026-01-01T00:00:00Z');

const location = (...ranges: string[]): NamedLocation => ({
  id: newUuid(random),
  tenantId: newUuid(random),
  displayName: 'HQ',
  isTrusted: false,
  ranges,
  createdAt: at,
  modifiedAt: at,
});

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.1.2.3/8', '10.200.0.1', true],
  ['192.0.2.7/32', '192.0.2.7', true],
  ['192.0.2.7/32', '192.0.2.6', false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['10.0.0.0/8', '0:0:0:0:0:ffff:a01:203', true],
  ['10.0.0.0/8', '::ffff:11.1.2.3', false],
  ['10.0.0.0/8', '::10.1.2.3', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:DB8::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '2001:db8::1', true],
  ['::/0', '10.0.0.1', false],
  ['::/0', '::ffff:10.0.0.1', false],
  ['not a range', '10.0.0.1', false],
  ['0.0.0.0/0', '', false],
  ['0.0.0.0/0', 'unknown', false],
  ['::/0', 'unknown', false],
])('%s and the sender %s: %s', (range, address, isWithin) => {
  const hq = location(range);
  expect(locate([hq], address).findWithin([hq.id]) === hq).toBe(isWithin);
});

test('only the locations asked for count', () => {
  const [hq, branch] = [location('10.0.0.0/8'), location('192.0.2.0/24')];
  const place = locate([hq, branch], '192.0.2.1');
  expect(place.findWithin([hq.id])).toBeUndefined();
  expect(place.findWithin([hq.id, branch.id])).toBe(branch);
});

test('AllTrusted stands for the trusted ones', () => {
  const [trusted, other] = [{ ...location('10.0.0.0/8'), isTrusted: true }, location('192.0.2.0/24')];
  expect(locate([trusted, other], '10.0.0.1').findWithin(['AllTrusted'])).toBe(trusted);
  expect(locate([trusted, other], '192.0.2.1').findWithin(['AllTrusted'])).toBeUndefined();
});

test('long lists of ranges are cut in words', () => {
  const many = location('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '192.0.2.0/24', '198.51.100.0/24');
  expect(locate([many], '').describe([many.id])).toBe("'HQ' (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 2 more)");
});
