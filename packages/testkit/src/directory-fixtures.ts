import {
  type Application,
  type ClientCertificate,
  type ClientSecret,
  type ConditionalAccessPolicy,
  type Consent,
  type FederatedCredential,
  type Group,
  type IdentityProvider,
  type NamedLocation,
  noRedirectUris,
  type ServicePrincipal,
  sha256Of,
  type Tenant,
} from '@holdfast/directory';
import type { Fixtures } from './fixtures.ts';
import { fixtureTime } from './fixtures.ts';

/** Builders of what a directory holds besides people; used like the fixtures they take their ids from. */
export interface DirectoryFixtures {
  group(tenant: Tenant, overrides?: Partial<Group>): Group;
  application(tenant: Tenant, overrides?: Partial<Application>): Application;
  principalOf(application: Application, overrides?: Partial<ServicePrincipal>): ServicePrincipal;
  secret(overrides?: Partial<ClientSecret>): ClientSecret;
  certificate(overrides?: Partial<ClientCertificate>): ClientCertificate;
  federated(name: string, overrides?: Partial<FederatedCredential>): FederatedCredential;
  consent(tenant: Tenant, overrides?: Partial<Consent>): Consent;
  identityProvider(tenant: Tenant, overrides?: Partial<IdentityProvider>): IdentityProvider;
  policy(tenant: Tenant, overrides?: Partial<ConditionalAccessPolicy>): ConditionalAccessPolicy;
  location(tenant: Tenant, overrides?: Partial<NamedLocation>): NamedLocation;
}

export const createDirectoryFixtures = ({ id }: Fixtures): DirectoryFixtures => ({
  group: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    displayName: 'Group',
    description: undefined,
    mailNickname: 'group',
    createdAt: fixtureTime,
    ...overrides,
  }),
  application: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    appId: id(),
    displayName: 'Application',
    identifierUris: [],
    redirectUris: noRedirectUris,
    isFallbackPublicClient: false,
    manifest: {},
    secrets: [],
    certificates: [],
    federatedCredentials: [],
    createdAt: fixtureTime,
    ...overrides,
  }),
  principalOf: (application, overrides) => ({
    id: id(),
    tenantId: application.tenantId,
    appId: application.appId,
    applicationId: application.id,
    kind: 'Application',
    displayName: application.displayName,
    enabled: true,
    identifierUris: application.identifierUris,
    permissions: [],
    tags: [],
    createdAt: fixtureTime,
    ...overrides,
  }),
  ...credentialBuilders(id),
  ...policyBuilders(id),
});

type NewId = Fixtures['id'];

const validity = { startsAt: fixtureTime, endsAt: new Date('2028-02-29T23:59:59.999Z'), lastUsedAt: undefined };

const credentialBuilders = (id: NewId): Pick<DirectoryFixtures, 'secret' | 'certificate' | 'federated'> => ({
  secret: (overrides) => ({
    id: id(),
    displayName: 'ci',
    sha256: Buffer.from(sha256Of(id())),
    hint: 'abc',
    ...validity,
    ...overrides,
  }),
  certificate: (overrides) => ({
    id: id(),
    displayName: 'CN=ci',
    certificateDer: Buffer.alloc(900, 0xfe),
    sha256Thumbprint: id(),
    sha1Thumbprint: id(),
    ...validity,
    ...overrides,
  }),
  federated: (name, overrides) => ({
    id: id(),
    name,
    description: undefined,
    issuer: 'https://token.actions.example.com',
    subject: `repo:contoso/web:ref:refs/heads/${name}`,
    audiences: ['api://AzureADTokenExchange'],
    lastUsedAt: undefined,
    ...overrides,
  }),
});

type PolicyBuilders = Pick<DirectoryFixtures, 'consent' | 'identityProvider' | 'policy' | 'location'>;

const policyBuilders = (id: NewId): PolicyBuilders => ({
  consent: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    appId: id(),
    userId: undefined,
    resource: 'https://graph.example.com',
    scopes: ['User.Read'],
    createdAt: fixtureTime,
    ...overrides,
  }),
  identityProvider: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    displayName: 'Provider',
    issuer: 'https://login.example.com',
    clientId: 'holdfast',
    sealedClientSecret: Buffer.of(0, 128, 255),
    scopes: [],
    createsUsers: false,
    groupClaim: undefined,
    groups: {},
    trustsMfa: false,
    createdAt: fixtureTime,
    ...overrides,
  }),
  policy: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    displayName: 'Policy',
    state: 'enabled',
    conditions: conditionsForAll,
    grant: { kind: 'block' },
    createdAt: fixtureTime,
    modifiedAt: fixtureTime,
    ...overrides,
  }),
  location: (tenant, overrides) => ({
    id: id(),
    tenantId: tenant.id,
    displayName: 'Office',
    isTrusted: false,
    ranges: ['192.0.2.0/24', '2001:db8::/32'],
    createdAt: fixtureTime,
    modifiedAt: fixtureTime,
    ...overrides,
  }),
});

const everything = { include: 'all', exclude: [] } as const;

/** The conditions of a policy for everybody and everything. */
export const conditionsForAll: ConditionalAccessPolicy['conditions'] = {
  users: { ...everything, includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [] },
  workloads: everything,
  resources: everything,
  locations: undefined,
  credentialKinds: undefined,
  flows: undefined,
};
