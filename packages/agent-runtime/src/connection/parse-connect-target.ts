import { parseEndpoint } from '../control-plane/endpoint.ts';
import type { ConnectTarget } from '../local-api/messages.ts';
import { FieldError, fieldsOf, textIn, textOrNullIn, textsIn } from '../parsing/fields.ts';

/** @throws FieldError naming what is wrong */
export const parseConnectTarget = (raw: unknown): ConnectTarget => {
  const fields = fieldsOf(raw, 'the target');
  const endpoint = parseEndpoint(textIn(fields, 'endpoint'));
  if (!endpoint.ok) throw new FieldError(endpoint.error);
  return {
    endpoint: endpoint.value,
    caPem: textOrNullIn(fields, 'caPem'),
    tenantId: textIn(fields, 'tenantId'),
    subscriptionId: textIn(fields, 'subscriptionId'),
    resourceGroup: textIn(fields, 'resourceGroup'),
    resourceName: textIn(fields, 'resourceName'),
    location: textIn(fields, 'location'),
    cloud: textIn(fields, 'cloud'),
    correlationId: textIn(fields, 'correlationId'),
    tags: textsIn(fields, 'tags'),
  };
};

/** Whether two targets are one resource: then a repeated connect goes on with the identity it began with. */
export const sameResource = (a: ConnectTarget, b: ConnectTarget): boolean =>
  a.endpoint === b.endpoint &&
  [a.subscriptionId, a.resourceGroup, a.resourceName].join('/').toLowerCase() ===
    [b.subscriptionId, b.resourceGroup, b.resourceName].join('/').toLowerCase();
