import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { trustedRoots } from '@holdfast/agent-runtime';
import { type Clock, seconds } from '@holdfast/kernel';

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body when it is JSON. */
  readonly json: unknown;
}

/** Rejects with the system's error, or a {@link Timeout}, when there is no whole answer; redirects are answers. */
export interface HttpClient {
  send(call: HttpCall): Promise<HttpAnswer>;
}

export interface HttpSettings {
  readonly clock: Clock;
  readonly caPem: string | null;
  /** Ends every call. */
  readonly signal: AbortSignal;
  /** Told of every answer: method, address and status, never a header or body. */
  trace?(line: string): void;
}

export class Timeout extends Error {
  readonly code = 'ETIMEDOUT';
}

const patienceMs = seconds(30);
const longestAnswer = 4 * 1024 * 1024;

/** `node:https` rather than fetch, as everywhere in the agent. Each call has its own connection. */
export const createHttpClient = ({ clock, caPem, signal, trace }: HttpSettings): HttpClient => {
  const ca = trustedRoots(caPem);
  return {
    send: (call) =>
      new Promise((resolve, reject) => {
        const over = new AbortController();
        const request = open(call, { ca, signal, agent: false });
        request.on('response', (answer) => {
          trace?.(`${call.method} ${call.url} answered ${answer.statusCode}`);
          read(answer).then(resolve, reject);
        });
        request.on('error', reject);
        request.on('close', () => over.abort());
        clock.sleep(patienceMs, over.signal).then(() => {
          if (!over.signal.aborted) request.destroy(new Timeout(`no answer within ${patienceMs / 1000} seconds`));
        });
        request.end(call.body ?? '');
      }),
  };
};

const open = (call: HttpCall, settings: RequestOptions & { ca: string[] }) => {
  const { ca, ...plain } = settings;
  const headers = { ...call.headers, 'content-length': String(Buffer.byteLength(call.body ?? '')) };
  const options = { ...plain, method: call.method, headers };
  return call.url.startsWith('https:') ? requestTls(call.url, { ...options, ca }) : requestPlain(call.url, options);
};

const read = async (answer: IncomingMessage): Promise<HttpAnswer> => {
  answer.setEncoding('utf8');
  let text = '';
  for await (const part of answer) {
    text += part;
    if (text.length > longestAnswer) throw new Error(`the answer is longer than ${longestAnswer} bytes`);
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, json: parseJson(text) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
