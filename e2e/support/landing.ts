import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';

/** Where an application waits for the browser that it sent away to sign in. */
export interface Landing {
  readonly uri: string;
  /** Resolves with the next address that a browser comes back to. */
  arrival(): Promise<URL>;
}

/** Ends with the test. */
export const openLanding = async (): Promise<Landing> => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const waiting: ((url: URL) => void)[] = [];
  const server = createServer(({ url = '' }, answer) => {
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<title>Back</title>');
    // Browsers ask for an icon too.
    if (url.startsWith('/back')) waiting.shift()?.(new URL(url, origin));
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { uri: `${origin}/back`, arrival: () => new Promise((arrived) => waiting.push(arrived)) };
};
