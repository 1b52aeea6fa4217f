import { armError } from '@holdfast/arm';
import { type NamedLocation, parseCidr } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

export const locationToWire = (location: NamedLocation): Entity => ({
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: location.id,
  displayName: location.displayName,
  isTrusted: location.isTrusted,
  ipRanges: location.ranges.map((cidrAddress) => ({
    '@odata.type': cidrAddress.includes(':') ? '#microsoft.graph.iPv6CidrRange' : '#microsoft.graph.iPv4CidrRange',
    cidrAddress,
  })),
  createdDateTime: location.createdAt.toISOString(),
  modifiedDateTime: location.modifiedAt.toISOString(),
});

/** The ranges as they were written; one that is none would match nobody, so it is refused. */
export const readRanges = (ipRanges: readonly { readonly cidrAddress: string }[]): readonly string[] =>
  ipRanges.map(({ cidrAddress }) => {
    const cidr = parseCidr(cidrAddress);
    if (cidr.ok) return cidrAddress;
    throw armError('DirectoryBadRequest', { detail: `The IP range '${cidrAddress}' is invalid: ${cidr.error}.` });
  });
