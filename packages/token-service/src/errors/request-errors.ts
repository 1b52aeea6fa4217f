import type { ErrorTable } from './error-table.ts';

/** What is wrong with a request itself, or with us, whoever sent it. */
export const requestErrors = {
  authorityWithoutTenant: [
    50059,
    400,
    'invalid_request',
    'No tenant-identifying information found in either the request or implied by any provided credentials. Use the address of the tenant instead of /{alias}.',
  ],
  unknownInstance: [50049, 400, 'invalid_instance', 'Unknown or invalid instance.'],
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
  requestObjectUnsupported: [
    9002313,
    400,
    'request_not_supported',
    "Invalid request. Request objects ('request', 'request_uri') are not supported: send the parameters themselves.",
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
} as const satisfies ErrorTable;
