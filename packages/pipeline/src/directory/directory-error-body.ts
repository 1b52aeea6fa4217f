import type { ArmError } from '@holdfast/arm';
import type { Exchange } from '../exchange.ts';
import { clientRequestIdOf } from '../response-headers.ts';

/** Graph's codes for what every API can answer; the directory's own errors have theirs already. */
const codes: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'InvalidAuthenticationToken',
  ExpiredAuthenticationToken: 'InvalidAuthenticationToken',
  InvalidAuthenticationTokenAudience: 'InvalidAuthenticationToken',
  InvalidAuthenticationTokenTenant: 'InvalidAuthenticationToken',
  InternalServerError: 'Service_InternalServerError',
  InvalidRequestContent: 'Request_BadRequest',
  MethodNotAllowed: 'Request_BadRequest',
  NotFound: 'BadRequest',
  RequestContentTooLarge: 'Request_BadRequest',
  ServiceUnavailable: 'Service_ServiceUnavailable',
  SubscriptionRequestsThrottled: 'TooManyRequests',
  UnsupportedMediaType: 'Request_BadRequest',
};

/** An error as Graph's clients read it. */
export const directoryErrorBody = ({ code, message }: ArmError, exchange: Exchange) => ({
  error: {
    code: codes[code] ?? code,
    message,
    innerError: {
      date: exchange.now.toISOString().slice(0, 19),
      'request-id': exchange.requestId,
      'client-request-id': clientRequestIdOf(exchange),
    },
  },
});
