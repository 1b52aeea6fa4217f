import { BlockList, isIP } from 'node:net';
import { isIPv4Mapped } from './ipv4-mapped.ts';
import { parseCidr } from './parse-cidr.ts';
import type { NamedLocation } from './policy.ts';

/** Where a sign-in came from, as policies see it. */
export interface Place {
  readonly address: string;
  /** The first of the named locations that the address is in. */
  findWithin(ids: readonly string[]): NamedLocation | undefined;
  /** The locations in words. */
  describe(ids: readonly string[]): string;
}

/** Stands for every location that is trusted, as in Microsoft Graph. */
export const allTrusted = 'AllTrusted';

export const locate = (locations: readonly NamedLocation[], address: string): Place => {
  const plain = address.replace(/%.*$/, '');
  const chosen = (ids: readonly string[]) =>
    locations.filter(({ id, isTrusted }) => ids.includes(id) || (isTrusted && ids.includes(allTrusted)));
  return {
    address,
    findWithin: (ids) => chosen(ids).find((location) => isWithin(location, plain)),
    describe: (ids) => chosen(ids).map(nameLocation).join(', ') || 'that no longer exist',
  };
};

const isWithin = (location: NamedLocation, address: string): boolean => {
  const family = isIP(address);
  if (family === 0) return false;
  const { ipv4, ipv6 } = rangesOf(location);
  if (family === 4) return ipv4.check(address);
  return (isIPv4Mapped(address) ? ipv4 : ipv6).check(address, 'ipv6');
};

const mostNamed = 3;

export const nameLocation = ({ displayName, ranges }: NamedLocation): string => {
  const more = ranges.length > mostNamed ? ` and ${ranges.length - mostNamed} more` : '';
  return `'${displayName}' (${ranges.slice(0, mostNamed).join(', ')}${more})`;
};

/** Apart by family: in one list, `::/0` would match every IPv4 address too. */
interface Ranges {
  readonly ipv4: BlockList;
  readonly ipv6: BlockList;
}

/** Read once for as long as somebody holds the location. */
const known = new WeakMap<NamedLocation, Ranges>();

const rangesOf = (location: NamedLocation): Ranges => {
  const ranges = known.get(location) ?? readRanges(location.ranges);
  known.set(location, ranges);
  return ranges;
};

/** What is no range matches nobody. */
const readRanges = (texts: readonly string[]): Ranges => {
  const ranges = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const text of texts) {
    const cidr = parseCidr(text);
    if (cidr.ok) ranges[cidr.value.family].addSubnet(cidr.value.address, cidr.value.prefix, cidr.value.family);
  }
  return ranges;
};
