import { once } from 'node:events';
import { connect } from 'node:tls';
import { createReplyReader, type Reply } from './reply-reader.ts';

export interface Server {
  readonly origin: string;
  /** PEM of what its certificate is checked against. */
  readonly ca: string;
  /** The address to come from; all of 127.0.0.0/8 is this computer. */
  readonly localAddress?: string;
}

/** One kept TLS connection with one request under way at a time. */
export interface Connection {
  /** Sends a whole request as `renderRequest` makes it. */
  exchange(request: Buffer): Promise<Reply>;
  close(): void;
}

/**
 * HTTP/1.1 over node:tls. `node:https` costs several times the CPU, which on the same machine the server under test
 * would have to do without.
 */
export const openConnection = async ({ origin, ca, localAddress }: Server): Promise<Connection> => {
  const { hostname, port } = new URL(origin);
  const socket = connect({
    host: hostname,
    port: Number(port),
    servername: hostname,
    ca,
    ...(localAddress && { localAddress }),
  });
  await once(socket, 'secureConnect');
  socket.setNoDelay(true);
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  const settled = () => {
    const settling = waiting;
    waiting = undefined;
    return settling;
  };
  const fail = (error: Error) => settled()?.reject(error);
  const read = createReplyReader((reply) => settled()?.resolve(reply));
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error(`${origin} closed the connection`)));
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error(`the connection to ${origin} is closed`));
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
};
