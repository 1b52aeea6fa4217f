import { isIP, isIPv4 } from 'node:net';
import { err, ok, type Result } from '@holdfast/kernel';
import { isIPv4Mapped } from './ipv4-mapped.ts';

/** A range of addresses (RFC 4632, RFC 4291 section 2.3). Bits beyond the prefix do not count. */
export interface Cidr {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/** The error is for people. */
export const parseCidr = (text: string): Result<Cidr, string> => {
  const [, address = '', digits = ''] = /^([0-9A-Fa-f.:]{2,45})\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  if (isIP(address) === 0)
    return err("it must be an address and a prefix length, such as '10.0.0.0/8' or '2001:db8::/32'");
  const family = isIPv4(address) ? 'ipv4' : 'ipv6';
  const longest = family === 'ipv4' ? 32 : 128;
  const prefix = Number(digits);
  if (prefix > longest) return err(`the prefix length must be at most ${longest}`);
  // Senders with such addresses count as IPv4, so the range would match nobody.
  if (family === 'ipv6' && isIPv4Mapped(address)) return err('an IPv4 range must be written as one');
  return ok({ address, family, prefix });
};
