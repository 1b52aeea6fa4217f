import { armError, type Location, locationOf } from '@holdfast/arm';
import type { BodyOf, machineOperations } from '@holdfast/contracts';
import { parseUuid, type Uuid, unwrap } from '@holdfast/kernel';
import { parseIdentityKey } from './identity-key.ts';
import { type IdentityKey, resourceType } from './machine.ts';

type Body = BodyOf<typeof machineOperations.Machines_CreateOrUpdate>;

// What a machine's creation fixes, read from the body. Empty text is what some clients send for nothing.

export const vmIdFrom = ({ properties }: Body): Uuid | undefined => {
  if (properties?.vmId === undefined || properties.vmId === '') return undefined;
  const vmId = parseUuid(properties.vmId);
  if (vmId.ok) return vmId.value;
  throw armError('InvalidRequestContent', { detail: `properties.vmId: ${vmId.error}` }, { target: 'properties.vmId' });
};

export const keyFrom = ({ properties }: Body): IdentityKey | undefined => {
  const given = properties?.clientPublicKey;
  return given === undefined || given === '' ? undefined : unwrap(parseIdentityKey(given));
};

export const locationFrom = (body: Body, locations: readonly string[]): Location => {
  if (body.location === undefined || body.location === '')
    throw armError('LocationRequired', {}, { target: 'location' });
  const location = locationOf(body.location);
  if (locations.includes(location)) return location;
  const supported = locations.join(',');
  throw armError('LocationNotAvailableForResourceType', { location: body.location, type: resourceType, supported });
};
