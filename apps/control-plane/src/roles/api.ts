import { createHttpHost, createRequestMetrics, type TlsMaterial } from '@holdfast/pipeline';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, type Registry } from 'prom-client';
import { compose, type Parts } from '../compose.ts';
import { ConfigError } from '../config/config-error.ts';

export type ApiParts = Omit<Parts, 'metrics'> & { readonly tls: TlsMaterial; readonly registry: Registry };

/** Serves HTTPS until closed. */
export const startApi = async (parts: ApiParts): Promise<FastifyInstance> => {
  const { registry } = parts;
  collectDefaultMetrics({ register: registry });
  const host = createHttpHost(parts.tls, parts.config.trustedProxies);
  registerProbes(host, parts);
  compose(host, { ...parts, metrics: createRequestMetrics(registry) });
  const { port, listen } = parts.config;
  try {
    await host.listen({ port, host: listen });
  } catch (cause) {
    throw new ConfigError(
      `cannot listen on ${listen} port ${port}: ${(cause as Error).message}. Choose another with --listen or --port.`,
    );
  }
  return host;
};

/** Whether the process lives, whether it can serve, and its figures; anonymous, for probes and scrapers. */
const registerProbes = (host: FastifyInstance, { database, log, registry }: ApiParts): void => {
  host.get('/healthz', async () => ({ status: 'ok' }));
  host.get('/readyz', async (_request, reply) => {
    try {
      await sql`select 1`.execute(database.db);
      return { status: 'ready' };
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return reply
        .code(503)
        .header('retry-after', '5')
        .send({ status: 'unavailable', reason: 'the database does not answer' });
    }
  });
  host.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
};
