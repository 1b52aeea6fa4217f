import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';
import { projectFolder } from '../project.ts';
import type { SpaSettings } from './page.ts';

export interface SpaServer {
  readonly uri: string;
  /** Before that the page is empty. */
  settle(settings: SpaSettings): void;
}

/** Serves the page from an origin of its own until the test ends. */
export const serveSpa = async (): Promise<SpaServer> => {
  const port = await freePort();
  const uri = `http://localhost:${port}/`;
  const script = await bundle();
  let settings: SpaSettings | undefined;
  const server = createServer(({ url = '' }, answer) => {
    const path = new URL(url, uri).pathname;
    if (path === '/page.js') answer.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (path === '/') answer.writeHead(200, { 'content-type': 'text/html' }).end(documentOf(settings));
    else answer.writeHead(404).end();
  });
  server.listen(port, 'localhost');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    uri,
    settle: (given) => {
      settings = given;
    },
  };
};

const bundle = async (): Promise<string> => {
  const entry = join(projectFolder, 'e2e', 'support', 'spa', 'page.ts');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  // Its process stays for the next build otherwise.
  await stop();
  return outputFiles[0]?.text ?? '';
};

const documentOf = (settings: SpaSettings | undefined): string =>
  `<!doctype html><title>Page</title><script>var spaSettings = ${JSON.stringify(settings)}</script>
<script type="module" src="/page.js"></script>`;
