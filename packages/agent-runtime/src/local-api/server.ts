import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log/log.ts';
import { FieldError } from '../parsing/fields.ts';
import { Refusal } from './refusal.ts';

/** By method and path, such as `GET /v1/status`. What a call answers is sent as JSON; it refuses by a {@link Refusal}. */
export type LocalCalls = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

const longestBody = 512 * 1024;
/** The command line opens one connection at a time; whoever opens more waits, and cannot exhaust descriptors. */
const mostConnections = 32;

/** The server behind the local socket. Who may connect is the folder's and the socket's modes. */
export const createLocalApiServer = (calls: LocalCalls, log: Log): Server => {
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    answer(calls, request)
      .catch((error) => failureOf(error, log))
      .then(({ status, body }) => send(response, status, body));
  });
  server.maxConnections = mostConnections;
  return server;
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const answer = async (calls: LocalCalls, request: IncomingMessage): Promise<Answer> => {
  const line = `${request.method} ${request.url}`;
  const call = calls[line];
  if (call === undefined) throw new Refusal(404, { code: 'NotFound', message: `himds does not answer ${line}.` });
  return { status: 200, body: await call(await bodyOf(request)) };
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  request.setEncoding('utf8');
  let text = '';
  for await (const part of request) {
    text += part;
    if (text.length > longestBody) throw new FieldError('the body is too long');
  }
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    throw new FieldError('the body is not JSON');
  }
};

const failureOf = (error: unknown, log: Log): Answer => {
  if (error instanceof Refusal) return { status: error.status, body: error.failure };
  if (error instanceof FieldError) return { status: 400, body: { code: 'InvalidRequest', message: error.message } };
  log.error('a local call failed inside the agent', { error: String(error) });
  return { status: 500, body: { code: 'InternalError', message: `himds failed: ${String(error)}` } };
};

const send = (response: ServerResponse, status: number, body: unknown): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
};
