import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the range that outgoing connections are given their ports from; each process of the run has a block. */
const first = 20_000 + (process.pid % 100) * 100;
let next = 0;

/** A TCP port of this computer that nothing listened on a moment ago, another at each call. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = first + (next++ % 100);
    if (await isFree(port)) return port;
  }
};

export const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
};
