import { BlockList } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { subnetOf } from './subnet.ts';

test.each([
  ['10.1.2.3/24', '10.1.2.0/24'],
  ['10.1.2.3/0', '0.0.0.0/0'],
  ['10.255.255.255/9', '10.128.0.0/9'],
  ['192.0.2.1/32', '192.0.2.1/32'],
  ['fe80::fc:ff:fe00:1/64', 'fe80::/64'],
  ['2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff/57', '2001:db8:aaaa:bb80::/57'],
  ['::1/128', '::1/128'],
])('%s lies in %s', (cidr, subnet) => expect(subnetOf(cidr)).toBe(subnet));

test.each([null, '', '10.1.2.3', '10.1.2/24', '10.1.2.300/24', '10.1.2.3/33', 'fe80:::1/64', '1:2:3/64', 'x/8'])(
  '%s has no subnet',
  (cidr) => expect(subnetOf(cidr)).toBeUndefined(),
);

test('the subnet contains its address, as net.BlockList sees it', () => {
  const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.constant('ipv4' as const));
  const ipv6 = fc.tuple(
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
      .map((groups) => groups.map((group) => group.toString(16)).join(':')),
    fc.integer({ min: 0, max: 128 }),
    fc.constant('ipv6' as const),
  );
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), ([address, bits, family]) => {
      const [network = '', length] = (subnetOf(`${address}/${bits}`) ?? '').split('/');
      expect(length).toBe(String(bits));
      const list = new BlockList();
      list.addSubnet(network, bits, family);
      expect(list.check(address, family)).toBe(true);
    }),
  );
});
