import type { ConnectedMachine } from '@holdfast/contracts';
import { connectionTo } from '../connection/connection.ts';
import { renderConnection } from '../connection/connection-file.ts';
import type { SessionParts } from './session-parts.ts';

/** Keeps what the control plane says of the resource, where it differs from what is kept. */
export const adoptMachine = (parts: SessionParts, machine: ConnectedMachine): void => {
  const { connection } = parts.memory;
  if (connection === null) return;
  const adopted = connectionTo(connection.target, machine, connection.connectedAt);
  if (renderConnection(adopted) === renderConnection(connection)) return;
  parts.memory.connection = adopted;
  parts.store.saveConnection(adopted);
  parts.log.info('the resource has changed', { resourceId: adopted.resourceId });
};
