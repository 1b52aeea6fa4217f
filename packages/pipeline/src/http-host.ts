import { randomUUID } from 'node:crypto';
import { armError, normalisePath } from '@holdfast/arm';
import type { Operation } from '@holdfast/contracts';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isDirectoryPath, normaliseKeys } from './directory/directory-path.ts';
import type { Exchange, IncomingRequest } from './exchange.ts';
import type { RequestMetrics } from './metrics.ts';
import type { PipelineDependencies } from './ports.ts';
import { type Rendered, renderError } from './render-error.ts';
import { fixedHeaders, requestHeaders } from './response-headers.ts';
import { type Kind, type Stage, stagesOf } from './stages.ts';

/** The largest request body taken, in bytes: ARM's own limit. */
export const bodyLimit = 4 * 1024 * 1024;

export interface TlsMaterial {
  readonly key: string;
  readonly cert: string;
}

/** A server whose routes are found without letter case, with slashes collapsed, and whose bodies stay raw. */
export const createHttpHost = (
  tls: TlsMaterial | undefined,
  trustedProxies: readonly string[] = [],
): FastifyInstance => {
  const host = Fastify({
    // Who sent a request is what the nearest proxy of ours says (X-Forwarded-For), and what nobody else says.
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    ...(tls !== undefined && { https: { ...tls, minVersion: 'TLSv1.2' as const } }),
    bodyLimit,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 1024,
    },
    rewriteUrl: (request) => normaliseKeys(normalisePath(request.url ?? '/')),
    frameworkErrors: (_error, request, reply) => void sendPlain(request, reply as FastifyReply),
  }) as unknown as FastifyInstance;
  host.removeAllContentTypeParsers();
  host.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  return host;
};

/** Registers every operation and, for all other paths, the answer that none matches. */
export const hostOperations = (
  host: FastifyInstance,
  dependencies: PipelineDependencies,
  metrics: RequestMetrics,
): void => {
  const stages = stagesOf(dependencies);
  const answer =
    (operation: Operation | undefined, kindOf: (request: FastifyRequest) => Kind) =>
    async (request: FastifyRequest, reply: FastifyReply) =>
      send(
        reply,
        await pass(stages[kindOf(request)], open(request, operation, dependencies), { dependencies, metrics }),
      );
  for (const operation of dependencies.operations) {
    host.route({
      method: operation.method,
      url: operation.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: answer(operation, () => operation.access),
      errorHandler: (error, request, reply) => void fail(error, request, { reply, operation, dependencies }),
    });
  }
  host.setNotFoundHandler(answer(undefined, ({ url }) => (isDirectoryPath(url) ? 'unknown-directory' : 'unknown')));
  host.setErrorHandler(
    (error, request, reply) => void fail(error, request, { reply, operation: undefined, dependencies }),
  );
};

const open = (request: FastifyRequest, operation: Operation | undefined, { clock }: PipelineDependencies): Exchange => {
  const given = request.headers['x-ms-correlation-request-id'];
  return {
    request: incoming(request),
    operation,
    now: clock.now(),
    correlationId: typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID(),
    requestId: randomUUID(),
    query: new Map(),
    apiVersion: undefined,
    caller: undefined,
    visibility: 'everything',
    may: () => false,
    body: undefined,
    answer: undefined,
  };
};

const incoming = (request: FastifyRequest): IncomingRequest => ({
  method: request.method,
  url: request.url,
  parameters: (request.params ?? {}) as Record<string, string>,
  headers: request.headers,
  body: request.body as Buffer | undefined,
});

interface Outcome {
  readonly exchange: Exchange;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface Surroundings {
  readonly dependencies: PipelineDependencies;
  readonly metrics: RequestMetrics;
}

const pass = async (stages: readonly Stage[], exchange: Exchange, surroundings: Surroundings): Promise<Outcome> => {
  const finished = surroundings.metrics.begin(exchange.operation?.id ?? 'unknown');
  const outcome = await runStages(stages, exchange, surroundings.dependencies);
  finished(outcome.status);
  logOutcome(outcome, surroundings.dependencies);
  return outcome;
};

const runStages = async (
  stages: readonly Stage[],
  exchange: Exchange,
  dependencies: PipelineDependencies,
): Promise<Outcome> => {
  try {
    for (const stage of stages) {
      const pending = stage(exchange);
      if (pending !== undefined) await pending;
    }
    const { status = 500, body, etag, headers } = exchange.answer ?? {};
    return { exchange, status, body, headers: { ...headers, ...(etag !== undefined && { etag }) } };
  } catch (thrown) {
    return { exchange, ...(await renderError(thrown, exchange, dependencies)) };
  }
};

const logOutcome = ({ exchange, status }: Outcome, { log }: PipelineDependencies): void => {
  const { operation, correlationId, caller } = exchange;
  const level = operation?.effect === 'write' || status >= 400 ? 'info' : 'debug';
  log[level](
    { operation: operation?.id, path: exchange.request.url.split('?', 1)[0], status, correlationId, caller },
    'request',
  );
};

const send = (reply: FastifyReply, { exchange, status, body, headers }: Outcome): FastifyReply => {
  reply.code(status).headers(fixedHeaders).headers(requestHeaders(exchange)).headers(headers);
  if (body === undefined) return reply.send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
};

interface Failure {
  readonly reply: FastifyReply;
  readonly operation: Operation | undefined;
  readonly dependencies: PipelineDependencies;
}

/** What the HTTP library itself refuses, before any stage ran: mostly a body over the limit. */
const fail = async (
  error: unknown,
  request: FastifyRequest,
  { reply, operation, dependencies }: Failure,
): Promise<void> => {
  const tooLarge = (error as { code?: string }).code === 'FST_ERR_CTP_BODY_TOO_LARGE';
  const thrown = tooLarge ? armError('RequestContentTooLarge', { limit: bodyLimit }) : malformed(error);
  const exchange = open(request, operation, dependencies);
  const rendered: Rendered = await renderError(thrown, exchange, dependencies);
  // What could not be sent may have failed by its headers.
  for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
  try {
    send(reply, { exchange, ...rendered });
  } catch (cause) {
    dependencies.log.error({ err: cause, correlationId: exchange.correlationId }, 'an answer could not be sent');
    request.raw.destroy();
  }
};

const malformed = (error: unknown): unknown => {
  const { statusCode = 500, message } = error as { statusCode?: number; message?: string };
  return statusCode < 500 ? armError('InvalidRequestContent', { detail: message ?? 'malformed request' }) : error;
};

/** For a target that cannot be decoded at all. */
const sendPlain = (request: FastifyRequest, reply: FastifyReply): void => {
  const { code, message } = armError('InvalidRequestUri', { path: request.url });
  reply.code(400).headers(fixedHeaders).header('content-type', 'application/json; charset=utf-8');
  reply.send(JSON.stringify({ error: { code, message } }));
};
