import type { ErrorTable } from './error-table.ts';

/** What is wrong with a program's proof of who it is. */
export const clientErrors = {
  unknownClient: [
    700016,
    400,
    'unauthorized_client',
    "Application with identifier '{client}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant. You may have sent your authentication request to the wrong tenant.",
  ],
  assertionForAnotherClient: [
    700021,
    401,
    'invalid_client',
    "Client assertion application identifier doesn't match 'client_id' parameter.",
  ],
  assertionForAnotherAudience: [
    700023,
    401,
    'invalid_client',
    'Client assertion audience claim does not match: it must be the address of the token endpoint, {audience}.',
  ],
  assertionOutOfTime: [
    700024,
    401,
    'invalid_client',
    'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {until}.',
  ],
  invalidAssertion: [
    700027,
    401,
    'invalid_client',
    'Client assertion failed signature validation. [Reason - {reason}, Thumbprint of key used by client: {thumbprint}]',
  ],
  assertionReplayed: [
    700027,
    401,
    'invalid_client',
    "Client assertion was refused. [Reason - An assertion with this 'jti' was already used, and not by this sender.]",
  ],
  credentialOfPublicClient: [
    700025,
    401,
    'invalid_client',
    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
  ],
  clientDisabled: [7000112, 400, 'unauthorized_client', "Application '{client}' ({name}) is disabled."],
  wrongSecret: [
    7000215,
    401,
    'invalid_client',
    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{client}'.",
  ],
  missingCredential: [
    7000216,
    401,
    'invalid_client',
    "'client_assertion' or 'client_secret' is required for the 'client_credentials' grant type.",
  ],
  expiredSecret: [
    7000222,
    401,
    'invalid_client',
    "The provided client secret keys for app '{client}' are expired. Ask the application's administrator for a new secret, or use a certificate.",
  ],
  malformedAssertion: [50027, 401, 'invalid_client', 'JWT token is invalid or malformed: {reason}.'],
} as const satisfies ErrorTable;
