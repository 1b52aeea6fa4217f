import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCidr } from './parse-cidr.ts';

test.each([
  ['10.0.0.0/8', { address: '10.0.0.0', family: 'ipv4', prefix: 8 }],
  ['192.0.2.7/32', { address: '192.0.2.7', family: 'ipv4', prefix: 32 }],
  ['0.0.0.0/0', { address: '0.0.0.0', family: 'ipv4', prefix: 0 }],
  ['2001:DB8::/32', { address: '2001:DB8::', family: 'ipv6', prefix: 32 }],
  ['::/0', { address: '::', family: 'ipv6', prefix: 0 }],
])('%s is a range', (text, value) => {
  expect(parseCidr(text)).toEqual({ ok: true, value });
});

test.each([
  ['an address alone', '10.0.0.1', /prefix length/],
  ['a prefix beyond IPv4', '10.0.0.0/33', /at most 32/],
  ['a prefix beyond IPv6', '::/129', /at most 128/],
  ['a prefix with a leading zero', '10.0.0.0/08', /prefix length/],
  ['a negative prefix', '10.0.0.0/-8', /prefix length/],
  ['octal digits, which some programs read otherwise', '010.0.0.0/8', /prefix length/],
  ['a short address', '10/8', /prefix length/],
  ['a zone', 'fe80::%eth0/64', /prefix length/],
  ['a mapped address', '::ffff:10.0.0.0/104', /written as one/],
  ['a mapped address in another spelling', '0:0:0:0:0:ffff:a00:0/104', /written as one/],
  ['space around it', ' 10.0.0.0/8', /prefix length/],
  ['nothing', '', /prefix length/],
])('%s is none', (_, text, reason) => {
  expect(parseCidr(text)).toMatchObject({ ok: false, error: expect.stringMatching(reason) });
});

test('any text whatever is a range or has a reason', () => {
  const pieces = fc.stringMatching(/^[0-9a-f.:/%]{0,40}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), pieces), (text) => {
      const parsed = parseCidr(text);
      expect(parsed.ok ? parsed.value.address : parsed.error).toBeTypeOf('string');
    }),
  );
});
