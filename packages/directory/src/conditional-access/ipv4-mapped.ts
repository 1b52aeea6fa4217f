import { BlockList } from 'node:net';

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** Whether an IPv6 address stands for an IPv4 one, as on a socket that serves both (RFC 4291 section 2.5.5.2). */
export const isIPv4Mapped = (address: string): boolean => mapped.check(address, 'ipv6');
