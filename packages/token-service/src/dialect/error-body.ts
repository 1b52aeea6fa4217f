import type { Uuid } from '@holdfast/kernel';
import type { OAuthError } from '../oauth-error.ts';

export interface ErrorContext {
  readonly now: Date;
  readonly traceId: Uuid;
  readonly correlationId: Uuid;
  readonly loginOrigin: string;
}

/** Entra's error body. Clients print `error_description` as it is, so the ids stand in it too. */
export const errorBody = (error: OAuthError, context: ErrorContext): Readonly<Record<string, unknown>> => {
  const { traceId, correlationId, loginOrigin } = context;
  const timestamp = `${context.now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: error.error,
    error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    ...(error.suberror !== undefined && { suberror: error.suberror }),
    error_uri: `${loginOrigin}/error?code=${error.number}`,
  };
};
