import type { ErrorTable } from './error-table.ts';

/** What goes wrong where another issuer vouches for a person or a program. */
export const federationErrors = {
  noCredentialOfIssuer: [
    700211,
    401,
    'invalid_client',
    "No matching federated identity record found for presented assertion issuer '{issuer}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion: every letter and slash counts.",
  ],
  noCredentialOfSubject: [
    700213,
    401,
    'invalid_client',
    "No matching federated identity record found for presented assertion subject '{subject}' of issuer '{issuer}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion: every letter counts.",
  ],
  noCredentialOfAudience: [
    700212,
    401,
    'invalid_client',
    "No matching federated identity record found for presented assertion audience '{audience}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion: the record wants '{wanted}'.",
  ],
  issuerUnreachable: [
    501661,
    400,
    'invalid_request',
    "Request to External OIDC endpoint failed. The keys of issuer '{issuer}' could not be read: /.well-known/openid-configuration below it, and the jwks_uri named there, must answer this server by https and without a redirect.",
  ],
  invalidForeignAssertion: [
    700027,
    401,
    'invalid_client',
    "Client assertion failed signature validation. [Reason - {reason}, Issuer: '{issuer}', Key: '{key}']",
  ],
  providerUnreachable: [
    501661,
    503,
    'temporarily_unavailable',
    "Request to External OIDC endpoint failed. The identity provider '{provider}' cannot be reached now. Try again in a while.",
  ],
  providerRefused: [
    5001256,
    400,
    'access_denied',
    "Failed to complete authentication with external provider '{provider}'. [Reason - {reason}]",
  ],
  strangerOfProvider: [
    50020,
    400,
    'access_denied',
    "User account '{name}' from identity provider '{provider}' does not exist in tenant '{tenant}'. The account needs to be added by an administrator first. Sign out and sign in again with a different account.",
  ],
} as const satisfies ErrorTable;
