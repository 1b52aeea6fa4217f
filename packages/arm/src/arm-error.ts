/**
 * Every error the resource manager can answer with: status and public words. The words follow
 * ARM's own where its clients and scripts know them.
 */
const catalogue = {
  MissingApiVersionParameter: [400, 'The api-version query parameter (?api-version=) is required for all requests.'],
  InvalidApiVersionParameter: [
    400,
    "The api-version '{version}' is invalid. The supported versions are '{supported}'.",
  ],
  InvalidResourceTypeVersion: [
    400,
    "No registered resource provider found for location '' and API version '{version}' for type '{type}'. The supported api-versions are '{supported}'.",
    'NoRegisteredProviderFound',
  ],
  LocationNotAvailableForResourceType: [
    400,
    "The provided location '{location}' is not available for resource type '{type}'. List of available regions for the resource type is '{supported}'.",
  ],
  LocationNotAvailableForResourceGroup: [
    400,
    "The provided location '{location}' is not available for resource group. List of available regions is '{supported}'.",
  ],
  LocationRequired: [400, 'The location property is required for this definition.'],
  InvalidSubscriptionId: [400, "The provided subscription identifier '{id}' is malformed or invalid."],
  InvalidResourceGroupName: [
    400,
    "The provided resource group name '{name}' is invalid: use 1 to 90 letters, digits, '-', '_', '.', '(' or ')', not ending in a full stop.",
  ],
  InvalidResourceName: [400, "The resource name '{name}' is invalid: {rule}"],
  InvalidRequestContent: [400, "The request content was invalid and could not be deserialized: '{detail}'."],
  InvalidQueryParameter: [400, "The value of the query parameter '{name}' is invalid: {detail}"],
  AgentProtocolUnsupported: [
    400,
    "The agent protocol version '{version}' is not supported. Supported: {supported}. Upgrade the agent or the control plane.",
  ],
  InvalidRequestUri: [400, "The address '{path}' cannot be decoded."],
  InvalidTag: [400, '{detail}'],
  DirectoryBadRequest: [400, '{detail}', 'Request_BadRequest'],
  DirectoryUnsupportedQuery: [
    400,
    "The query option '{option}' is not supported as given: {detail}",
    'Request_UnsupportedQuery',
  ],
  DirectoryValueTaken: [
    400,
    'Another object with the same value for property {property} already exists.',
    'Request_BadRequest',
  ],
  DirectoryReferenceExists: [
    400,
    "One or more added object references already exist for the following modified properties: '{property}'.",
    'Request_BadRequest',
  ],
  ImmutableProperty: [
    400,
    "The property '{property}' of '{id}' cannot be changed after creation.",
    'PropertyChangeNotAllowed',
  ],
  InvalidRoleAssignmentId: [400, "The role assignment ID '{id}' is not valid. The role assignment ID must be a GUID."],
  RoleAssignmentPropertyUnsupported: [
    400,
    "This server does not support role assignments with '{property}', and makes none without it in its place.",
    'NotSupported',
  ],
  RoleAssignmentUpdateNotPermitted: [
    400,
    'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
  ],
  AssignedRoleDoesNotExist: [
    400,
    "The specified role definition with ID '{id}' does not exist.",
    'RoleDefinitionDoesNotExist',
  ],
  PrincipalNotFound: [
    400,
    'Principal {id} does not exist in the directory {tenant}. Check that you have the correct principal ID.',
  ],
  // The misspelling is ARM's, and scripts look for it.
  UnmatchedPrincipalType: [
    400,
    "The PrincipalId '{id}' has type '{type}' , which is different from specified PrinciaplType '{specified}'.",
  ],
  AuthenticationMissing: [401, "Authentication failed. The 'Authorization' header is missing.", 'AuthenticationFailed'],
  AuthenticationScheme: [
    401,
    "Authentication failed. The 'Authorization' header must carry a bearer token.",
    'AuthenticationFailed',
  ],
  InvalidAuthenticationToken: [401, 'The access token is invalid.'],
  InvalidAuthenticationTokenAudience: [
    401,
    "The access token has been obtained for wrong audience or resource '{audience}'. It should exactly match with one of the allowed audiences {allowed}.",
  ],
  InvalidAuthenticationTokenTenant: [
    401,
    "The access token is from the wrong issuer '{issuer}'. It must match the tenant '{tenant}' associated with this subscription.",
  ],
  ExpiredAuthenticationToken: [
    401,
    "The access token expiry UTC time '{expiry}' is earlier than current UTC time '{now}'.",
  ],
  PrincipalNotInForce: [
    401,
    'The access token is invalid: its principal no longer exists or is disabled.',
    'InvalidAuthenticationToken',
  ],
  TokenRevoked: [401, 'The access token is invalid: it was revoked. Sign in again.', 'InvalidAuthenticationToken'],
  MachineSignatureMissing: [401, 'The request must be signed with the identity key of a connected machine.'],
  MachineSignatureInvalid: [401, "The request's signature does not match its content."],
  MachineUnknown: [
    401,
    'No machine is connected with this identity key. It was deleted, or connected anew elsewhere: run azcmagent disconnect --force-local-only and connect again.',
  ],
  MachineExpired: [
    401,
    "The machine's identity certificate expired at {expiry}. Run azcmagent disconnect --force-local-only and connect again.",
  ],
  MachineClockSkew: [
    401,
    "The request was signed at {signed}, more than {window} seconds from this server's time {now}. Correct the clock.",
  ],
  AuthorizationFailed: [
    403,
    "The client '{name}' with object id '{objectId}' does not have authorization to perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.",
  ],
  InsufficientScope: [
    403,
    "The access token lacks the delegated permission '{scope}', without which nothing here may be done in a person's name.",
    'AuthorizationFailed',
  ],
  DirectoryDenied: [403, 'Insufficient privileges to complete the operation.', 'Authorization_RequestDenied'],
  DirectoryPrivileged: [
    403,
    "Insufficient privileges to complete the operation. '{id}' holds a directory role or an application permission: only a Global Administrator may change it.",
    'Authorization_RequestDenied',
  ],
  DirectoryObjectNotFound: [
    404,
    "Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
    'Request_ResourceNotFound',
  ],
  SubscriptionNotFound: [404, "The subscription '{id}' could not be found."],
  AliasNotFound: [404, "The subscription alias '{name}' could not be found.", 'ResourceNotFound'],
  ResourceGroupNotFound: [404, "Resource group '{name}' could not be found."],
  ResourceNotFound: [
    404,
    "The Resource '{type}/{name}' under resource group '{group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
  ],
  RoleDefinitionDoesNotExist: [404, "The specified role definition with ID '{id}' does not exist."],
  RoleAssignmentNotFound: [404, "The role assignment '{id}' is not found."],
  OperationNotFound: [404, "The operation '{id}' could not be found.", 'ResourceNotFound'],
  InvalidResourceType: [
    404,
    "The resource type could not be found in the namespace '{namespace}' for api version '{version}'.",
  ],
  InvalidResourceNamespace: [404, "The resource namespace '{namespace}' is invalid."],
  PathNotFound: [404, "No operation answers {method} '{path}'. Check the address and the method.", 'NotFound'],
  MethodNotAllowed: [405, "The method '{method}' is not allowed on '{path}'. Allowed: {allowed}."],
  InvalidResourceLocation: [
    409,
    "The resource '{name}' already exists in location '{existing}' in resource group '{group}'. A resource with the same name cannot be created in location '{location}'. Please select a new resource name.",
  ],
  InvalidResourceGroupLocation: [
    409,
    "Invalid resource group location '{location}'. The Resource group already exists in location '{existing}'.",
  ],
  MachineAlreadyExists: [
    409,
    "The machine '{name}' already exists in resource group '{group}' with another VM id. Delete it first, or connect under another name.",
    'Conflict',
  ],
  MachineKeyDiffers: [
    409,
    "The machine '{name}' in resource group '{group}' is connected with another identity key. Delete it first, or connect under another name.",
    'Conflict',
  ],
  MachineKeyInUse: [
    409,
    'The public key already belongs to another machine. Run azcmagent disconnect --force-local-only and connect again to make a fresh key.',
    'Conflict',
  ],
  DirectoryKeyTaken: [
    409,
    'Another object with the same value for property {property} already exists.',
    'Request_MultipleObjectsWithSameKeyValue',
  ],
  RoleAssignmentExists: [409, 'The role assignment already exists. The ID of the conflicting role assignment is {id}.'],
  AliasAlreadyExists: [409, "The subscription alias '{name}' already exists with another subscription.", 'Conflict'],
  SubscriptionAlreadyExists: [409, "The subscription '{id}' already exists.", 'Conflict'],
  SubscriptionNotEmpty: [409, "The subscription '{id}' still holds resource groups: delete them first.", 'Conflict'],
  ReadOnlyDisabledSubscription: [
    409,
    "The subscription '{id}' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.",
  ],
  PreconditionFailed: [412, 'The condition given in {header} is not met by the resource as it is now.'],
  RequestContentTooLarge: [413, 'The request content is larger than the {limit} bytes allowed.'],
  UnsupportedMediaType: [
    415,
    "The content media type '{type}' is not supported. Only 'application/json' is supported.",
  ],
  TooManyRequests: [
    429,
    'Too many requests. Please try again after the seconds given in the Retry-After header.',
    'SubscriptionRequestsThrottled',
  ],
  InternalServerError: [
    500,
    'The server could not complete the request. Quote the correlation id {correlationId} to its administrator.',
  ],
  ServiceUnavailable: [
    503,
    'The server cannot reach its database at the moment. Nothing was changed; please try again.',
  ],
} as const satisfies Record<string, readonly [status: number, words: string, code?: string]>;

export type ArmErrorCode = keyof typeof catalogue;

type Holes<Words extends string> = Words extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;
export type ArmErrorParameters<Code extends ArmErrorCode> = Record<Holes<(typeof catalogue)[Code][1]>, string | number>;

/** An error of the catalogue. `message` is public; `cause` is for the log only. */
export class ArmError extends Error {
  readonly status: number;
  /** The code on the wire, which several entries of the catalogue may share. */
  readonly code: string;
  readonly entry: ArmErrorCode;
  readonly target: string | undefined;

  constructor(entry: ArmErrorCode, message: string, options: { target?: string; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'ArmError';
    const [status, , code] = catalogue[entry] as readonly [number, string, string?];
    this.status = status;
    this.code = code ?? entry;
    this.entry = entry;
    this.target = options.target;
  }
}

export const armError = <Code extends ArmErrorCode>(
  entry: Code,
  parameters: ArmErrorParameters<Code>,
  options: { target?: string; cause?: unknown } = {},
): ArmError => {
  const values = parameters as Record<string, string | number>;
  return new ArmError(
    entry,
    catalogue[entry][1].replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole])),
    options,
  );
};
