import type { Heartbeat } from '@holdfast/contracts';
import { type Connection, openConnection, type Server } from './connection.ts';
import { type MachineIdentity, signedRequest } from './machine-identity.ts';
import { type Request, renderRequest } from './render-request.ts';

export interface ConnectPlace {
  /** Path of the resource group. */
  readonly group: string;
  readonly location: string;
  readonly accessToken: string;
}

export interface NewMachine {
  readonly identity: MachineIdentity;
  readonly firstBeat: Heartbeat;
}

export const apiVersion = '2025-01-13';

/**
 * A whole connect as `azcmagent` and `himds` make it: over one TLS connection the resource with its key, over another
 * the identity certificate and the first heartbeat with the machine's facts.
 */
export const connectMachine = async (server: Server, place: ConnectPlace, machine: NewMachine): Promise<void> => {
  const { origin } = server;
  const { identity, firstBeat } = machine;
  await over(server, async (connection) => {
    await expect200(connection, renderRequest(origin, putRequest(place, identity)));
  });
  await over(server, async (connection) => {
    await expect200(connection, signedRequest(origin, identity, { path: '/agent/v1/certificate', body: '{}' }));
    const beat = { path: '/agent/v1/heartbeat', body: JSON.stringify(firstBeat) };
    await expect200(connection, signedRequest(origin, identity, beat));
  });
};

const over = async (server: Server, work: (connection: Connection) => Promise<void>): Promise<void> => {
  const connection = await openConnection(server);
  try {
    await work(connection);
  } finally {
    connection.close();
  }
};

const putRequest = ({ group, location, accessToken }: ConnectPlace, identity: MachineIdentity): Request => ({
  method: 'PUT',
  target: `${group}/providers/Microsoft.HybridCompute/machines/${identity.name}?api-version=${apiVersion}`,
  headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
  body: JSON.stringify({
    location,
    tags: { environment: 'production', site: 'north' },
    identity: { type: 'SystemAssigned' },
    properties: { vmId: identity.vmId, clientPublicKey: identity.publicKey },
  }),
});

const expect200 = async (connection: Connection, request: Buffer): Promise<void> => {
  const { status, body } = await connection.exchange(request);
  if (status === 200) return;
  const line = request.subarray(0, request.indexOf('\r')).toString();
  throw new Error(`${line}: ${status} ${body.toString()}`);
};
