import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@holdfast/kernel';
import type { AgentStatus } from '../local-api/messages.ts';
import type { Log } from '../log/log.ts';
import { type ListenOutcome, listenOn } from './listen-on.ts';
import { type Reply, refusal } from './reply.ts';
import { answerRequest, type MetadataSource } from './routes.ts';

export type EndpointState = AgentStatus['metadataEndpoint'];

/** The local endpoint of metadata and managed-identity tokens, on the loopback addresses only. */
export interface MetadataEndpoint {
  state(): EndpointState;
  /** Resolves once 127.0.0.1 was tried; a taken port is tried again every 30 s. `::1` is welcome and not needed. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface MetadataEndpointOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly source: MetadataSource;
}

export const createMetadataEndpoint = ({
  clock,
  log,
  source,
  ...wanted
}: MetadataEndpointOptions): MetadataEndpoint => {
  const stopping = new AbortController();
  const listening = { clock, signal: stopping.signal };
  const ipv4 = createMetadataServer(source, log);
  const ipv6 = createMetadataServer(source, log);
  const loops: Promise<void>[] = [];
  let port = wanted.port;
  let trouble: string | null = 'it has not been opened yet';

  const onIpv4 = (outcome: ListenOutcome): void => {
    const before = trouble;
    trouble = outcome.ok ? null : outcome.error.message;
    if (outcome.ok) port = outcome.value;
    if (trouble === null) log.info('the metadata endpoint listens', { port });
    else if (trouble !== before) log.warning('the metadata endpoint is unavailable', { error: trouble });
  };
  const open = async (): Promise<void> => {
    await new Promise<void>((tried) => {
      const onOutcome = (outcome: ListenOutcome): void => tried(onIpv4(outcome));
      loops.push(listenOn(ipv4, { ...listening, host: '127.0.0.1', port, onOutcome }));
    });
    loops.push(listenOn(ipv6, { ...listening, host: '::1', port, onOutcome: () => undefined }));
  };
  const close = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(loops);
    await Promise.all([closed(ipv4), closed(ipv6)]);
  };
  return {
    state: () => ({
      url: `http://localhost:${port}`,
      state: trouble === null ? 'listening' : 'unavailable',
      detail: trouble,
    }),
    open,
    close,
  };
};

const createMetadataServer = (source: MetadataSource, log: Log): Server => {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    answerRequest(source, request)
      .catch((error) => failed(error, log))
      .then((reply) => {
        send(response, reply);
        log.info('metadata request', told(request, reply));
      });
  });
  server.maxConnections = 128;
  return server;
};

const failed = (error: unknown, log: Log): Reply => {
  log.error('a metadata request failed inside the agent', { error: String(error) });
  return refusal('server_error', 'The agent could not answer; its log says why.');
};

const send = (response: ServerResponse, reply: Reply): void => {
  const text = JSON.stringify(reply.body);
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(text) };
  response.writeHead(reply.status, { ...headers, ...reply.headers });
  response.end(text);
};

/** Of the query only the resource: what else a client puts there may not be for a log. */
const told = (request: IncomingMessage, reply: Reply) => ({
  method: request.method,
  path: request.url?.split('?', 1)[0],
  resource: new URLSearchParams(request.url?.split('?')[1]).get('resource'),
  status: reply.status,
  clientId: request.headers['client-id']?.toString(),
});

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
