import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as sendPlain } from 'node:http';
import { request as sendTls, Agent as TlsAgent } from 'node:https';
import { createSecureContext } from 'node:tls';
import { type Clock, seconds } from '@holdfast/kernel';
import { trustedRoots } from './trusted-roots.ts';

export interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Incoming {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** One origin's kept connections. `send` rejects with the system's error when there is no whole answer in time. */
export interface Transport {
  send(outgoing: Outgoing): Promise<Incoming>;
  close(): void;
}

const patienceMs = seconds(30);
const longestAnswer = 1024 * 1024;

/**
 * Keeps connections to one origin; `caPem` is trusted beside the system's roots. `node:https` rather than fetch: a
 * quarter less memory and a twelfth of the CPU. Proxies are not supported yet.
 */
export const createTransport = (clock: Clock, origin: string, caPem: string | null): Transport => {
  let line = createLine(origin, caPem === null ? trustedRoots(null) : [caPem]);
  let mayWiden = caPem !== null;
  let closed = false;

  const send = async (outgoing: Outgoing): Promise<Incoming> => {
    if (closed) throw new Error('the agent has ended this connection');
    const request = line.open(outgoing);
    try {
      return await answerOf(request, outgoing.body, clock);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      // A kept connection may have been closed by the peer the moment it was used; the request was not read then.
      if (request.reusedSocket && closedByPeer.has(code)) return send(outgoing);
      if (!mayWiden || !untrusted.has(code)) throw error;
      // Most control planes have the named authority's certificate, and the system's roots need not be in memory.
      mayWiden = false;
      line.close();
      line = createLine(origin, trustedRoots(caPem));
      return send(outgoing);
    }
  };
  const close = (): void => {
    closed = true;
    line.close();
  };
  return { send, close };
};

const closedByPeer = new Set(['ECONNRESET', 'EPIPE']);
/** What a chain to an unknown root fails with (openssl-verification-options(1)). */
const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

interface Line {
  open(outgoing: Outgoing): ClientRequest;
  close(): void;
}

const createLine = (origin: string, roots: string[]): Line => {
  const kept = { keepAlive: true, maxSockets: 4 };
  if (!origin.startsWith('https:')) {
    const agent = new PlainAgent(kept);
    return { open: (outgoing) => sendPlain(origin, { ...asOptions(outgoing), agent }), close: () => agent.destroy() };
  }
  // One context for all connections: each would otherwise parse every root again.
  const agent = new TlsAgent({ ...kept, secureContext: createSecureContext({ ca: roots }) });
  return { open: (outgoing) => sendTls(origin, { ...asOptions(outgoing), agent }), close: () => agent.destroy() };
};

const asOptions = ({ method, path, headers }: Outgoing) => ({ method, path, headers });

const answerOf = (request: ClientRequest, body: string, clock: Clock): Promise<Incoming> =>
  new Promise((resolve, reject) => {
    const settled = new AbortController();
    request.on('response', (answer) => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }), reject);
    });
    request.on('error', reject);
    request.on('close', () => settled.abort());
    clock.sleep(patienceMs, settled.signal).then(() => {
      if (!settled.signal.aborted) request.destroy(new Error(`no answer within ${patienceMs / 1000} seconds`));
    });
    request.end(body);
  });

const textOf = async (answer: IncomingMessage): Promise<string> => {
  answer.setEncoding('utf8');
  let text = '';
  for await (const part of answer) {
    text += part;
    if (text.length > longestAnswer) throw new Error('the answer is longer than any of the control plane');
  }
  return text;
};
