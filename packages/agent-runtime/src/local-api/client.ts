import { type IncomingMessage, request } from 'node:http';
import type { AgentStatus, ConnectTarget, LocalApiFailure, PreparedIdentity } from './messages.ts';
import { localApiCalls } from './messages.ts';
import { localApiSocketPath } from './socket-path.ts';

/** What himds answers to the command line. Every call rejects with a {@link LocalApiError}. */
export interface LocalApiClient {
  status(): Promise<AgentStatus>;
  prepare(target: ConnectTarget): Promise<PreparedIdentity>;
  complete(resourceId: string): Promise<AgentStatus>;
  disconnect(): Promise<AgentStatus>;
}

/** `status` is 0 and `code` is `HimdsUnreachable` when nobody listens or no answer could be read. */
export class LocalApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The machine's own resource, when it is connected already. */
  readonly resourceId: string | undefined;

  constructor(status: number, failure: LocalApiFailure) {
    super(failure.message);
    this.name = 'LocalApiError';
    this.status = status;
    this.code = failure.code;
    this.resourceId = failure.resourceId;
  }
}

/** Talks to the himds of `root` (`/` on a real server); each call opens its own connection. */
export const createLocalApiClient = (root: string): LocalApiClient => {
  const socketPath = localApiSocketPath(root);
  const call = async <T>(name: keyof typeof localApiCalls, body?: unknown): Promise<T> =>
    (await exchange(socketPath, { line: localApiCalls[name], body })) as T;
  return {
    status: () => call('status'),
    prepare: (target) => call('prepare', target),
    complete: (resourceId) => call('complete', { resourceId }),
    disconnect: () => call('disconnect'),
  };
};

interface Call {
  /** Method and path. */
  readonly line: string;
  readonly body: unknown;
}

const exchange = async (socketPath: string, call: Call): Promise<unknown> => {
  const { status, text } = await send(socketPath, call).catch((error: NodeJS.ErrnoException) => {
    throw unreachable(`himds does not answer on ${socketPath} (${error.code ?? error.message}). Is it running?`);
  });
  const answer = parseJson(text);
  if (status === 200) return answer;
  if (isFailure(answer)) throw new LocalApiError(status, answer);
  throw unreachable(`what listens on ${socketPath} answered ${status} without a reason: it is not himds`);
};

const unreachable = (message: string) => new LocalApiError(0, { code: 'HimdsUnreachable', message });

const send = (socketPath: string, call: Call): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const [method, path] = call.line.split(' ');
    const body = call.body === undefined ? '' : JSON.stringify(call.body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const outgoing = request({ socketPath, method, path, headers, agent: false }, (answer) => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

const textOf = async (answer: IncomingMessage): Promise<string> => {
  answer.setEncoding('utf8');
  let text = '';
  for await (const part of answer) text += part;
  return text;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isFailure = (answer: unknown): answer is LocalApiFailure =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer;
