import { ArmError } from '@holdfast/arm';
import { type Clock, newUuid, parseUuid, type Random, type Uuid } from '@holdfast/kernel';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody } from './dialect/error-body.ts';
import { causesOf } from './errors/causes-of.ts';
import { OAuthError, oauthError } from './oauth-error.ts';

export interface ErrorRendering {
  readonly clock: Clock;
  readonly random: Random;
  readonly loginOrigin: string;
  readonly bodyLimit: number;
}

/** Where every throw of these routes ends. Only what the catalogue says leaves the server; causes go to the log. */
export const renderOAuthError =
  (rendering: ErrorRendering) =>
  (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = errorFrom(thrown, rendering);
    const correlationId = correlationIdOf(request) ?? newUuid(rendering.random);
    if (error.status >= 500) request.log.error({ err: error, correlationId }, 'token request failed');
    else request.log.info({ aadsts: error.number, correlationId, because: causesOf(error) }, 'token request refused');
    if (error.status === 503 || error.status === 429)
      reply.header('retry-after', String(retryAfterSeconds(rendering.random)));
    // RFC 6749 section 5.2: a client that used the Authorization header is told the scheme.
    if (error.status === 401 && request.headers.authorization !== undefined)
      reply.header('www-authenticate', 'Basic realm="holdfast"');
    const { clock, random, loginOrigin } = rendering;
    const context = { now: clock.now(), traceId: newUuid(random), correlationId, loginOrigin };
    reply
      .status(error.status)
      .headers({
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'content-type': 'application/json; charset=utf-8',
        'client-request-id': correlationId,
        'x-ms-request-id': context.traceId,
      })
      .send(errorBody(error, context));
  };

/** What went wrong, as an entry of the catalogue. */
export const errorFrom = (thrown: unknown, { bodyLimit }: Pick<ErrorRendering, 'bodyLimit'>): OAuthError =>
  thrown instanceof OAuthError ? thrown : fromOutside(thrown, bodyLimit);

/** A store's and the HTTP host's refusals in this dialect; everything else is a fault of ours. */
const fromOutside = (thrown: unknown, limit: number): OAuthError => {
  if (thrown instanceof ArmError && thrown.status === 503)
    return oauthError('temporarilyUnavailable', {}, { cause: thrown });
  const { code, statusCode } = thrown as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return oauthError('requestTooLarge', { limit });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return oauthError('malformedRequest', { reason: 'the body must be application/x-www-form-urlencoded' });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return oauthError('malformedRequest', { reason: 'it cannot be read' });
  return oauthError('serverError', {}, { cause: thrown });
};

/** Between 5 and 15 seconds, so that refused clients do not come back together. */
const retryAfterSeconds = (random: Random): number => 5 + ((random.bytes(1)[0] ?? 0) % 11);

/** What the client calls its request, to find it in both sides' logs. */
export const correlationIdOf = (request: FastifyRequest): Uuid | undefined => {
  const query = request.query as Readonly<Record<string, unknown>> | undefined;
  const sent = parseUuid(request.headers['client-request-id'] ?? query?.['client-request-id']);
  return sent.ok ? sent.value : undefined;
};
