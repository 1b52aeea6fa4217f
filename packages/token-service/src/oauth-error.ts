/**
 * Every refusal of the token service: Entra's AADSTS number, HTTP status, OAuth error (RFC 6749 section 5.2) and words.
 * Numbers and words follow Entra's, because people search for them and clients show them as they are.
 */
const catalogue = {
  authorityWithoutTenant: [
    50059,
    400,
    'invalid_request',
    'No tenant-identifying information found in either the request or implied by any provided credentials. Use the address of the tenant instead of /{alias}.',
  ],
  unknownInstance: [50049, 400, 'invalid_instance', 'Unknown or invalid instance.'],
  malformedAssertion: [50027, 401, 'invalid_client', 'JWT token is invalid or malformed: {reason}.'],
  invalidScope: [
    70011,
    400,
    'invalid_scope',
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. {reason}",
  ],
  unsupportedGrant: [70003, 400, 'unsupported_grant_type', "The app requested an unsupported grant type '{grant}'."],
  tenantNotFound: [
    90002,
    400,
    'invalid_request',
    "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  ],
  tenantNotFoundInDiscovery: [
    90002,
    400,
    'invalid_tenant',
    "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  ],
  temporarilyUnavailable: [
    90033,
    503,
    'temporarily_unavailable',
    'A transient error has occurred. Nothing was changed; please try again.',
  ],
  serverError: [50000, 500, 'server_error', 'There was an error issuing a token or an issue with our sign-in service.'],
  resourceNotFound: [
    500011,
    400,
    'invalid_resource',
    "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant. A resource is named by an absolute https: or api: address or by its application's GUID.",
  ],
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
  scopeWithoutDefault: [
    1002012,
    400,
    'invalid_scope',
    'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  ],
  missingParameter: [
    900144,
    400,
    'invalid_request',
    "The request body must contain the following parameter: '{name}'.",
  ],
  wrongMethod: [
    900561,
    405,
    'invalid_request',
    'The endpoint only accepts {allowed} requests. Received a {method} request.',
  ],
  duplicateParameter: [
    9000411,
    400,
    'invalid_request',
    "The request is not properly formatted. The parameter '{name}' is duplicated.",
  ],
  malformedRequest: [9002313, 400, 'invalid_request', 'Invalid request. Request is malformed or invalid: {reason}.'],
  requestTooLarge: [9002313, 413, 'invalid_request', 'Invalid request. The request body is larger than {limit} bytes.'],
} as const satisfies Record<string, readonly [number: number, status: number, error: string, words: string]>;

export type OAuthErrorEntry = keyof typeof catalogue;

type Holes<Words extends string> = Words extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;
type Parameters<Entry extends OAuthErrorEntry> = Record<Holes<(typeof catalogue)[Entry][3]>, string | number>;

/** An entry of the catalogue. `message` is public and holds no credential; `cause` is for the log only. */
export class OAuthError extends Error {
  readonly entry: OAuthErrorEntry;
  /** The number after `AADSTS`. */
  readonly number: number;
  readonly status: number;
  readonly error: string;

  constructor(entry: OAuthErrorEntry, message: string, options: { cause?: unknown }) {
    super(message, options);
    this.name = 'OAuthError';
    this.entry = entry;
    [this.number, this.status, this.error] = catalogue[entry];
  }
}

export const oauthError = <Entry extends OAuthErrorEntry>(
  entry: Entry,
  parameters: Parameters<Entry>,
  options: { cause?: unknown } = {},
): OAuthError => {
  const values = parameters as Record<string, string | number>;
  const words = catalogue[entry][3].replace(/\{(\w+)\}/g, (_, hole: string) => quotable(String(values[hole])));
  return new OAuthError(entry, words, options);
};

/** The words that stand behind a number, with their holes; undefined for a number that is not ours. */
export const wordsOf = (number: number): string | undefined =>
  Object.values(catalogue).find((entry) => entry[0] === number)?.[3];

/** What callers sent is repeated to them short and on one line. */
const quotable = (text: string): string => {
  const line = text.replace(/[^\x20-\x7e]/g, '?');
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
};
