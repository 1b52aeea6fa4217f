import type { OAuthError } from '../oauth-error.ts';

/** What a program can do something about. The rest is between the person and us. */
const forClients = new Set([
  'unsupported_response_type',
  'invalid_scope',
  'consent_required',
  'invalid_request',
  'request_not_supported',
]);

export const isForClient = (error: OAuthError): boolean =>
  error.status < 500 && (forClients.has(error.error) || error.entry === 'consentDeclined');
