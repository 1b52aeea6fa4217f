import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
  ['nonsense', 'nonsense'],
])('%s is counted under %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('addresses of one /64 are one, and of two are two', () => {
  const part = fc.nat(0xffff).map((value) => value.toString(16));
  const half = fc.tuple(part, part, part, part);
  fc.assert(
    fc.property(half, half, half, half, (net, other, one, two) => {
      const at = (head: readonly string[], tail: readonly string[]) => networkOf([...head, ...tail].join(':'));
      expect(at(net, one)).toBe(at(net, two));
      expect(at(net, one) === at(other, one)).toBe(net.join() === other.join());
    }),
  );
});

test('whatever stands for an address, it has a network', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (address) => {
      expect(typeof networkOf(address)).toBe('string');
    }),
  );
});
