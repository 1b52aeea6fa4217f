import type { ConditionalAccessPolicy, GrantControls, PolicyConditions, Selection } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

export const stateToWire = {
  enabled: 'enabled',
  disabled: 'disabled',
  reportOnly: 'enabledForReportingButNotEnforced',
} as const satisfies Record<ConditionalAccessPolicy['state'], string>;

export const policyToWire = (policy: ConditionalAccessPolicy): Entity => ({
  id: policy.id,
  displayName: policy.displayName,
  state: stateToWire[policy.state],
  createdDateTime: policy.createdAt.toISOString(),
  modifiedDateTime: policy.modifiedAt.toISOString(),
  conditions: conditionsToWire(policy.conditions),
  grantControls: grantToWire(policy.grant),
  sessionControls: null,
});

/** `credentialKinds` is Holdfast's own. */
export const conditionsToWire = ({
  users,
  workloads,
  resources,
  locations,
  credentialKinds,
  flows,
}: PolicyConditions) => ({
  users: {
    includeUsers: users.include === 'all' ? ['All'] : users.include.length === 0 ? ['None'] : users.include,
    excludeUsers: users.exclude,
    includeGroups: users.includeGroups,
    excludeGroups: users.excludeGroups,
    includeRoles: users.includeRoles,
    excludeRoles: users.excludeRoles,
  },
  clientApplications: {
    includeServicePrincipals: included(workloads, 'ServicePrincipalsInMyTenant'),
    excludeServicePrincipals: workloads.exclude,
  },
  applications: { includeApplications: included(resources, 'All'), excludeApplications: resources.exclude },
  locations:
    locations === undefined
      ? null
      : { includeLocations: included(locations, 'All'), excludeLocations: locations.exclude },
  authenticationFlows: flows === undefined ? null : { transferMethods: 'deviceCodeFlow' },
  clientAppTypes: ['all'],
  credentialKinds: credentialKinds ?? null,
});

const included = ({ include }: Selection, all: string): readonly string[] => (include === 'all' ? [all] : include);

/** `clientCertificate` and `locations` are Holdfast's own. */
export const grantToWire = (grant: GrantControls) => {
  if (grant.kind === 'block') return { operator: 'OR', builtInControls: ['block'], locations: [] } as const;
  return {
    operator: grant.operator,
    builtInControls: grant.controls.flatMap(({ kind }) =>
      kind === 'mfa' ? ['mfa'] : kind === 'certificate' ? ['clientCertificate'] : [],
    ),
    locations: grant.controls.flatMap((control) => (control.kind === 'location' ? control.locationIds : [])),
  };
};
