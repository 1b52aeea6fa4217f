import { type Static, Type } from 'typebox';
import { operation } from '../operation.ts';
import { displayName, flag, known } from './fields.ts';
import { creates, deletes, reads, updates } from './operations.ts';

const policies = '/v1.0/identity/conditionalAccess/policies';
const locations = '/v1.0/identity/conditionalAccess/namedLocations';

const list = Type.Optional(Type.Array(Type.String({ maxLength: 512 }), { maxItems: 1000 }));
/** A part that is not there is sent as null by clients that read the policy first. */
const part = <Properties extends Parameters<typeof known>[0]>(properties: Properties) =>
  Type.Optional(Type.Union([Type.Null(), known(properties)]));

const conditions = known({
  users: part({
    includeUsers: list,
    excludeUsers: list,
    includeGroups: list,
    excludeGroups: list,
    includeRoles: list,
    excludeRoles: list,
  }),
  clientApplications: part({ includeServicePrincipals: list, excludeServicePrincipals: list }),
  applications: part({ includeApplications: list, excludeApplications: list }),
  locations: part({ includeLocations: list, excludeLocations: list }),
  authenticationFlows: part({ transferMethods: Type.Optional(Type.String({ maxLength: 128 })) }),
  clientAppTypes: list,
  /** Holdfast's own: which credentials the policy is about. */
  credentialKinds: Type.Optional(
    Type.Union([Type.Null(), Type.Array(Type.String({ maxLength: 32 }), { maxItems: 10 })]),
  ),
});

const grantControls = known({
  operator: Type.Optional(Type.Union([Type.Literal('AND'), Type.Literal('OR')])),
  /** Graph's `block` and `mfa`, and Holdfast's `clientCertificate`. */
  builtInControls: list,
  /** Holdfast's own: ids of named locations, of which the sign-in must come from one. */
  locations: list,
});

const state = Type.Union([
  Type.Literal('enabled'),
  Type.Literal('disabled'),
  Type.Literal('enabledForReportingButNotEnforced'),
]);

export const policyBody = known({ displayName, state, conditions, grantControls });
export const policyPatchBody = known({
  displayName: Type.Optional(displayName),
  state: Type.Optional(state),
  conditions: Type.Optional(conditions),
  grantControls: Type.Optional(grantControls),
});
export type PolicyConditionsBody = Static<typeof conditions>;
export type GrantControlsBody = Static<typeof grantControls>;

const ipRange = known({ cidrAddress: Type.String({ maxLength: 64 }) });
const ipRanges = Type.Array(ipRange, { minItems: 1, maxItems: 2000 });
const locationType = Type.Optional(Type.Literal('#microsoft.graph.ipNamedLocation'));

export const namedLocationBody = Type.Object(
  { '@odata.type': locationType, displayName, isTrusted: flag, ipRanges },
  { additionalProperties: false },
);
export const namedLocationPatchBody = Type.Object(
  {
    '@odata.type': locationType,
    displayName: Type.Optional(displayName),
    isTrusted: flag,
    ipRanges: Type.Optional(ipRanges),
  },
  { additionalProperties: false },
);

export const conditionalAccessOperations = {
  ConditionalAccessPolicies_List: operation({
    id: 'ConditionalAccessPolicies_List',
    ...reads,
    path: policies,
    action: 'microsoft.directory/conditionalAccessPolicies/read',
  }),
  ConditionalAccessPolicies_Create: operation({
    id: 'ConditionalAccessPolicies_Create',
    ...creates,
    path: policies,
    action: 'microsoft.directory/conditionalAccessPolicies/create',
    body: policyBody,
  }),
  ConditionalAccessPolicies_Get: operation({
    id: 'ConditionalAccessPolicies_Get',
    ...reads,
    path: `${policies}/{id}`,
    action: 'microsoft.directory/conditionalAccessPolicies/read',
  }),
  ConditionalAccessPolicies_Update: operation({
    id: 'ConditionalAccessPolicies_Update',
    ...updates,
    path: `${policies}/{id}`,
    action: 'microsoft.directory/conditionalAccessPolicies/update',
    body: policyPatchBody,
  }),
  ConditionalAccessPolicies_Delete: operation({
    id: 'ConditionalAccessPolicies_Delete',
    ...deletes,
    path: `${policies}/{id}`,
    action: 'microsoft.directory/conditionalAccessPolicies/delete',
  }),
  NamedLocations_List: operation({
    id: 'NamedLocations_List',
    ...reads,
    path: locations,
    action: 'microsoft.directory/namedLocations/read',
  }),
  NamedLocations_Create: operation({
    id: 'NamedLocations_Create',
    ...creates,
    path: locations,
    action: 'microsoft.directory/namedLocations/create',
    body: namedLocationBody,
  }),
  NamedLocations_Get: operation({
    id: 'NamedLocations_Get',
    ...reads,
    path: `${locations}/{id}`,
    action: 'microsoft.directory/namedLocations/read',
  }),
  NamedLocations_Update: operation({
    id: 'NamedLocations_Update',
    ...updates,
    path: `${locations}/{id}`,
    action: 'microsoft.directory/namedLocations/update',
    body: namedLocationPatchBody,
  }),
  NamedLocations_Delete: operation({
    id: 'NamedLocations_Delete',
    ...deletes,
    path: `${locations}/{id}`,
    action: 'microsoft.directory/namedLocations/delete',
  }),
} as const;
