import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createFakeMachines, type FakeAnswer, type FakeMachines } from './fake-machines.ts';
import type { TestAuthority } from './test-authority.ts';

export interface FakeControlPlane extends Pick<FakeMachines, 'beats' | 'create'> {
  readonly origin: string;
  readonly caPem: string | null;
  readonly requests: { readonly path: string; readonly body: unknown }[];
  /** Answers given in place of the next own ones, in order. */
  readonly instead: Instead[];
  /** Put over the fields of every own answer that is a 200. */
  readonly over: Record<string, unknown>;
  stop(): Promise<void>;
  /** Starts again on the same port. */
  start(): Promise<void>;
}

/** `cut` ends the connection after the request took effect; `own` leaves one to the fake. */
export type Instead = FakeAnswer | 'cut' | 'own';

export interface FakeOptions {
  readonly now: () => Date;
  readonly authority: TestAuthority;
  readonly tls: boolean;
}

export const startFakeControlPlane = async (options: FakeOptions): Promise<FakeControlPlane> => {
  const machines = createFakeMachines(options.now, options.authority);
  const requests: { path: string; body: unknown }[] = [];
  const instead: Instead[] = [];
  const over: Record<string, unknown> = {};
  const listener: RequestListener = async (request, response) => {
    const asked = { path: request.url ?? '', headers: request.headers, text: await textOf(request) };
    requests.push({ path: asked.path, body: JSON.parse(asked.text) });
    const next = instead.shift();
    // A lost answer: the beat has counted all the same.
    if (next === 'cut') machines.answer(asked);
    if (next === 'cut') return request.socket.destroy();
    const answer = next === undefined || next === 'own' ? overlaid(machines.answer(asked), over) : next;
    response.writeHead(answer.status, { date: options.now().toUTCString(), ...answer.headers });
    response.end(JSON.stringify(answer.body));
  };
  const host = createHost(listener, options);
  await host.start();
  const caPem = options.tls ? options.authority.caPem : null;
  const { beats, create } = machines;
  return { origin: host.origin(), caPem, requests, instead, over, beats, create, start: host.start, stop: host.stop };
};

const overlaid = (answer: FakeAnswer, over: object): FakeAnswer =>
  answer.status === 200 ? { ...answer, body: { ...Object(answer.body), ...over } } : answer;

const createHost = (listener: RequestListener, { tls, authority }: FakeOptions) => {
  let stopServer: (() => Promise<void>) | undefined;
  let port = 0;
  const start = (): Promise<void> =>
    new Promise((resolve) => {
      const server = tls ? createTlsServer(authority.server, listener) : createPlainServer(listener);
      stopServer = () => stopped(server);
      server.listen(port, '127.0.0.1', () => {
        ({ port } = server.address() as AddressInfo);
        resolve();
      });
    });
  return { start, stop: async () => stopServer?.(), origin: () => `${tls ? 'https' : 'http'}://localhost:${port}` };
};

const stopped = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};
