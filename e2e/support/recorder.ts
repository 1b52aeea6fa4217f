import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

/** A request and what it was answered with, as they passed. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly requestHeaders: IncomingHttpHeaders;
  readonly requestBody: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Side = 'request' | 'answer';
type Matches = (exchange: { readonly method: string; readonly path: string }) => boolean;

/** An exchange that is kept from going on. */
export interface Held {
  /** Lets it go on to wherever it was going. */
  release(): void;
}

/**
 * Stands where clients look for the control plane, with its certificate, and writes down everything that passes. A
 * control plane that is away looks to clients as it would without: their connection breaks.
 */
export interface Recorder {
  readonly exchanges: readonly Exchange[];
  /** Sends what comes from now on to another port. */
  forwardTo(port: number): void;
  /** Resolves when the next matching request, or its answer, has come this far, and keeps it here. */
  hold(side: Side, matches: Matches): Promise<Held>;
  close(): Promise<void>;
}

export interface RecorderOptions {
  /** Where clients come to. */
  readonly port: number;
  readonly address?: string;
  /** Where the control plane listens. */
  readonly target: number;
  readonly tls: { readonly key: string; readonly cert: string; readonly ca: string };
}

export const startRecorder = async (options: RecorderOptions): Promise<Recorder> => {
  const { key, cert, ca } = options.tls;
  const agent = new Agent({ ca, keepAlive: true });
  const exchanges: Exchange[] = [];
  const traps = createTraps();
  let { target } = options;
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const sent = await buffer(incoming);
    await traps.pass('request', incoming);
    const answer = await forward(incoming, sent, { port: target, agent });
    exchanges.push(exchangeOf(incoming, sent, answer));
    await traps.pass('answer', incoming);
    outgoing.writeHead(answer.status, endToEnd(answer.rawHeaders)).end(answer.body);
  };
  const server = createServer({ key, cert }, (incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.listen(options.port, options.address ?? 'localhost');
  await once(server, 'listening');
  return {
    exchanges,
    forwardTo: (port) => {
      target = port;
    },
    hold: traps.hold,
    close: async () => {
      agent.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

interface Trap {
  readonly side: Side;
  readonly matches: Matches;
  readonly caught: (held: Held) => void;
}

/** Each catches one exchange, where it comes through. */
const createTraps = () => {
  const set = new Set<Trap>();
  return {
    hold: (side: Side, matches: Matches): Promise<Held> => new Promise((caught) => set.add({ side, matches, caught })),
    pass: (side: Side, { url = '', method = '' }: IncomingMessage): Promise<void> | undefined => {
      const trap = [...set].find((each) => each.side === side && each.matches({ method, path: url }));
      if (trap === undefined) return undefined;
      set.delete(trap);
      return new Promise((release) => trap.caught({ release }));
    },
  };
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

const forward = (
  { method, url, rawHeaders }: IncomingMessage,
  body: Buffer,
  { port, agent }: { port: number; agent: Agent },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body.length === 0 ? [] : ['content-length', String(body.length)];
    const headers = [...endToEnd(rawHeaders), ...length];
    const sent = request({ host: 'localhost', port, method, path: url, headers, agent }, (answer) => {
      const { statusCode: status = 0 } = answer;
      buffer(answer).then(
        (bytes) => resolve({ status, headers: answer.headers, rawHeaders: answer.rawHeaders, body: bytes }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** What concerns one connection only (RFC 9110 section 7.6.1), and the length that is told anew. */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'expect']);

const endToEnd = (rawHeaders: readonly string[]): string[] =>
  rawHeaders.filter((_, at) => !hopByHop.has(rawHeaders[at - (at % 2)]?.toLowerCase() ?? ''));

const exchangeOf = ({ method = '', url = '', headers }: IncomingMessage, sent: Buffer, answer: Answer): Exchange => ({
  method,
  path: url,
  requestHeaders: headers,
  requestBody: sent.toString(),
  status: answer.status,
  headers: answer.headers,
  body: answer.body.toString(),
});
