import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Fetch } from '../src/federation/bounded-fetch.ts';

export interface NetworkRequest {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface NetworkReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, anything else as JSON. */
  readonly body?: unknown;
}

export type Site = (request: NetworkRequest) => NetworkReply | Promise<NetworkReply>;

/** Other people's https sites, by origin. One plain server stands for them all, so that bytes go over a real socket. */
export interface TestNetwork {
  readonly fetch: Fetch;
  readonly sites: Map<string, Site>;
  /** What was asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export const createTestNetwork = async (): Promise<TestNetwork> => {
  const sites = new Map<string, Site>();
  const asked: string[] = [];
  const server = createServer((request, response) => answer(sites, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    sites,
    asked,
    fetch: async (url, options) => {
      asked.push(url);
      const { origin, pathname, search } = new URL(url);
      if (!sites.has(origin)) throw new TypeError('fetch failed');
      const headers = { ...options.headers, 'x-origin': origin };
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...options, headers } as RequestInit);
    },
    close: () => closed(server),
  };
};

const answer = async (
  sites: TestNetwork['sites'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const origin = String(request.headers['x-origin']);
  const site: Site = sites.get(origin) ?? (() => ({ status: 404 }));
  const { status, headers, body } = await site({
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', origin),
    authorization: request.headers.authorization,
    body: await text(request),
  });
  response.writeHead(status ?? 200, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
};

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
