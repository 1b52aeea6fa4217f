import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArmError, type ArmErrorCode, armError } from './index.ts';

/** Status and code are contracts with clients and scripts. A new entry of the catalogue must be stated here. */
const wire: Readonly<Record<ArmErrorCode, readonly [status: number, code?: string]>> = {
  MissingApiVersionParameter: [400],
  InvalidApiVersionParameter: [400],
  InvalidResourceTypeVersion: [400, 'NoRegisteredProviderFound'],
  LocationNotAvailableForResourceType: [400],
  LocationNotAvailableForResourceGroup: [400],
  LocationRequired: [400],
  InvalidSubscriptionId: [400],
  InvalidResourceGroupName: [400],
  InvalidResourceName: [400],
  InvalidRequestContent: [400],
  InvalidQueryParameter: [400],
  AgentProtocolUnsupported: [400],
  InvalidRequestUri: [400],
  InvalidTag: [400],
  DirectoryBadRequest: [400, 'Request_BadRequest'],
  DirectoryUnsupportedQuery: [400, 'Request_UnsupportedQuery'],
  DirectoryValueTaken: [400, 'Request_BadRequest'],
  DirectoryReferenceExists: [400, 'Request_BadRequest'],
  ImmutableProperty: [400, 'PropertyChangeNotAllowed'],
  InvalidRoleAssignmentId: [400],
  RoleAssignmentPropertyUnsupported: [400, 'NotSupported'],
  RoleAssignmentUpdateNotPermitted: [400],
  AssignedRoleDoesNotExist: [400, 'RoleDefinitionDoesNotExist'],
  PrincipalNotFound: [400],
  UnmatchedPrincipalType: [400],
  AuthenticationMissing: [401, 'AuthenticationFailed'],
  AuthenticationScheme: [401, 'AuthenticationFailed'],
  InvalidAuthenticationToken: [401],
  InvalidAuthenticationTokenAudience: [401],
  InvalidAuthenticationTokenTenant: [401],
  ExpiredAuthenticationToken: [401],
  PrincipalNotInForce: [401, 'InvalidAuthenticationToken'],
  TokenRevoked: [401, 'InvalidAuthenticationToken'],
  MachineSignatureMissing: [401],
  MachineSignatureInvalid: [401],
  MachineUnknown: [401],
  MachineExpired: [401],
  MachineClockSkew: [401],
  AuthorizationFailed: [403],
  InsufficientScope: [403, 'AuthorizationFailed'],
  DirectoryDenied: [403, 'Authorization_RequestDenied'],
  DirectoryPrivileged: [403, 'Authorization_RequestDenied'],
  DirectoryObjectNotFound: [404, 'Request_ResourceNotFound'],
  SubscriptionNotFound: [404],
  AliasNotFound: [404, 'ResourceNotFound'],
  ResourceGroupNotFound: [404],
  ResourceNotFound: [404],
  RoleDefinitionDoesNotExist: [404],
  RoleAssignmentNotFound: [404],
  OperationNotFound: [404, 'ResourceNotFound'],
  InvalidResourceType: [404],
  InvalidResourceNamespace: [404],
  PathNotFound: [404, 'NotFound'],
  MethodNotAllowed: [405],
  InvalidResourceLocation: [409],
  InvalidResourceGroupLocation: [409],
  MachineAlreadyExists: [409, 'Conflict'],
  MachineKeyDiffers: [409, 'Conflict'],
  MachineKeyInUse: [409, 'Conflict'],
  DirectoryKeyTaken: [409, 'Request_MultipleObjectsWithSameKeyValue'],
  RoleAssignmentExists: [409],
  AliasAlreadyExists: [409, 'Conflict'],
  SubscriptionAlreadyExists: [409, 'Conflict'],
  SubscriptionNotEmpty: [409, 'Conflict'],
  ReadOnlyDisabledSubscription: [409],
  PreconditionFailed: [412],
  RequestContentTooLarge: [413],
  UnsupportedMediaType: [415],
  TooManyRequests: [429, 'SubscriptionRequestsThrottled'],
  InternalServerError: [500],
  ServiceUnavailable: [503],
};
const entries = Object.keys(wire) as ArmErrorCode[];

/** Knows a value for any hole, whatever it is called. */
const filledBy = (value: (hole: string) => string) => new Proxy({}, { get: (_, hole) => value(String(hole)) }) as never;

describe('the catalogue', () => {
  test.each(entries)('%s', (entry) => {
    const [status, code = entry] = wire[entry];
    const error = armError(
      entry,
      filledBy((hole) => `<${hole}>`),
    );
    expect(error).toMatchObject({ status, code, entry, target: undefined });
    expect(error.message).not.toMatch(/[{}]|undefined/);
  });
});

describe('an error', () => {
  test('says ARM’s own words where scripts know them', () => {
    const parameters = { name: 'ci', objectId: 'o', action: 'Microsoft.X/y/read', scope: '/subscriptions/s' };
    expect(armError('AuthorizationFailed', parameters).message).toBe(
      "The client 'ci' with object id 'o' does not have authorization to perform action 'Microsoft.X/y/read' over scope '/subscriptions/s' or the scope is invalid. If access was recently granted, please refresh your credentials.",
    );
  });

  test('carries its target, and a cause that is not part of its words', () => {
    const cause = new Error('password=hunter2');
    const error = armError('InvalidTag', { detail: 'No.' }, { target: 'tags', cause });
    expect(error).toBeInstanceOf(ArmError);
    expect(error).toMatchObject({ target: 'tags', cause, message: 'No.' });
    expect(JSON.stringify({ code: error.code, message: error.message })).not.toContain('hunter2');
  });

  test('takes foreign text as text: neither holes nor replacement patterns in it mean anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('{rule}', '$&', "$'", '$1', '{name}')), (name) => {
        const error = armError('InvalidResourceName', { name, rule: 'RULE' });
        expect(error.message).toBe(`The resource name '${name}' is invalid: RULE`);
      }),
    );
  });
});
