import { isDirectoryPath } from './directory/directory-path.ts';
import { type Exchange, headerOf } from './exchange.ts';

/** On every answer, as ARM sends them. */
export const fixedHeaders = {
  'cache-control': 'no-cache',
  pragma: 'no-cache',
  expires: '-1',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

/** The ids by which a client and the log speak of the same request. */
export const requestHeaders = (exchange: Exchange): Record<string, string> => {
  const { request, correlationId, requestId, now } = exchange;
  const clientId = headerOf(request, 'x-ms-client-request-id');
  const echo = headerOf(request, 'x-ms-return-client-request-id')?.toLowerCase() === 'true';
  return {
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': correlationId,
    'x-ms-routing-request-id': `HOLDFAST:${now.toISOString().replace(/[-:]|\.\d+/g, '')}:${requestId}`,
    ...(echo &&
      clientId !== undefined &&
      /^[\x20-\x7e]{1,128}$/.test(clientId) && { 'x-ms-client-request-id': clientId }),
    ...(isDirectoryPath(request.url) && directoryHeaders(exchange)),
  };
};

/** The names that Graph's clients know the same ids by. */
const directoryHeaders = (exchange: Exchange): Record<string, string> => ({
  'request-id': exchange.requestId,
  'client-request-id': clientRequestIdOf(exchange),
  'odata-version': '4.0',
});

/** The id a client of the directory's API gave its request, else ours. */
export const clientRequestIdOf = ({ request, requestId }: Exchange): string => {
  const given = headerOf(request, 'client-request-id') ?? '';
  return /^[\w-]{1,64}$/.test(given) ? given : requestId;
};
