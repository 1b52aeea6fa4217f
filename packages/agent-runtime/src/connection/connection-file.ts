import { fieldsOf, textIn, timeIn } from '../parsing/fields.ts';
import type { Connection } from './connection.ts';
import { parseConnectTarget } from './parse-connect-target.ts';

/** agentconfig.json: one flat object, as tools that read it expect. */
export const renderConnection = ({ target, ...identity }: Connection): string => {
  const flat = {
    endpoint: target.endpoint,
    caPem: target.caPem,
    cloud: target.cloud,
    tenantId: target.tenantId,
    subscriptionId: target.subscriptionId,
    resourceGroup: target.resourceGroup,
    resourceName: target.resourceName,
    location: target.location,
    correlationId: target.correlationId,
    tags: target.tags,
    resourceId: identity.resourceId,
    vmId: identity.vmId,
    principalId: identity.principalId,
    clientId: identity.clientId,
    connectedAt: identity.connectedAt.toISOString(),
  };
  return `${JSON.stringify(flat, null, 2)}\n`;
};

/** @throws when the text is not a connection */
export const parseConnection = (text: string): Connection => {
  const raw: unknown = JSON.parse(text);
  const fields = fieldsOf(raw, 'the connection');
  return {
    target: parseConnectTarget(raw),
    resourceId: textIn(fields, 'resourceId'),
    vmId: textIn(fields, 'vmId'),
    principalId: textIn(fields, 'principalId'),
    clientId: textIn(fields, 'clientId'),
    connectedAt: timeIn(fields, 'connectedAt'),
  };
};
