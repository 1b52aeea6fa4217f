import { type SignIn, sha256Of, type Tenant, type User } from '@holdfast/directory';
import { addMs, days, minutes } from '@holdfast/kernel';
import type {
  AuthorizationCode,
  DeviceCode,
  PersonGrant,
  RefreshFamily,
  RefreshToken,
  Session,
} from '@holdfast/token-service';
import { type Fixtures, fixtureTime } from './fixtures.ts';

/** Builders of what signing in keeps; used like the fixtures they take their ids from. */
export interface SignInFixtures {
  /** The SHA-256 of something that nobody else has. */
  digest(): Uint8Array;
  session(user: User, overrides?: Partial<Session>): Session;
  grant(user: User, overrides?: Partial<PersonGrant>): PersonGrant;
  authorizationCode(user: User, overrides?: Partial<AuthorizationCode>): AuthorizationCode;
  refreshFamily(user: User, overrides?: Partial<RefreshFamily>): RefreshFamily;
  refreshToken(family: RefreshFamily, overrides?: Partial<RefreshToken>): RefreshToken;
  deviceCode(overrides?: Partial<DeviceCode>): DeviceCode;
  signIn(tenant: Tenant, overrides?: Partial<SignIn>): SignIn;
}

export const createSignInFixtures = (fixtures: Fixtures): SignInFixtures => {
  const { id } = fixtures;
  const digest = () => Buffer.from(sha256Of(id()));
  const grant = (user: User, overrides?: Partial<PersonGrant>): PersonGrant => grantOf(fixtures, user, overrides);
  return {
    digest,
    grant,
    session: (user, overrides) => ({
      idSha256: digest(),
      sid: id(),
      tenantId: user.tenantId,
      userId: user.id,
      authentication: { at: fixtureTime, methods: ['pwd', 'otp', 'mfa'] },
      expiresAt: addMs(fixtureTime, days(1)),
      ...overrides,
    }),
    authorizationCode: (user, overrides) => ({
      codeSha256: digest(),
      grant: grant(user),
      redirectUri: 'http://localhost:8400',
      redirectKind: 'publicClient',
      codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      nonce: 'n',
      familyId: id(),
      expiresAt: addMs(fixtureTime, minutes(1)),
      ...overrides,
    }),
    refreshFamily: (user, overrides) => ({
      id: id(),
      grant: grant(user),
      redirectKind: 'publicClient',
      createdAt: fixtureTime,
      expiresAt: addMs(fixtureTime, days(90)),
      ...overrides,
    }),
    refreshToken: (family, overrides) => ({
      tokenSha256: digest(),
      familyId: family.id,
      expiresAt: family.expiresAt,
      ...overrides,
    }),
    deviceCode: (overrides) => ({ ...deviceCodeOf(fixtures), ...overrides }),
    signIn: (tenant, overrides) => ({ ...signInOf(fixtures, tenant), ...overrides }),
  };
};

const grantOf = ({ id }: Fixtures, user: User, overrides?: Partial<PersonGrant>): PersonGrant => ({
  tenantId: user.tenantId,
  userId: user.id,
  clientId: id(),
  resource: 'https://management.example.com/',
  scopes: ['user_impersonation', 'openid', 'offline_access'],
  sid: id(),
  authentication: { at: fixtureTime, methods: ['pwd'] },
  ...overrides,
});

const deviceCodeOf = ({ id }: Fixtures): DeviceCode => ({
  deviceCodeSha256: Buffer.from(sha256Of(id())),
  userCodeSha256: Buffer.from(sha256Of(id())),
  clientId: id(),
  tenantId: undefined,
  resource: 'https://management.example.com',
  scopes: ['.default', 'openid'],
  address: '192.0.2.7',
  userAgent: 'az/2.74',
  createdAt: fixtureTime,
  expiresAt: addMs(fixtureTime, minutes(15)),
});

const signInOf = ({ id }: Fixtures, tenant: Tenant): SignIn => ({
  id: id(),
  tenantId: tenant.id,
  at: fixtureTime,
  count: 1,
  lastAt: fixtureTime,
  correlationId: id(),
  flow: 'browser',
  principal: { kind: 'user', id: id(), name: `someone@${tenant.defaultDomain}` },
  app: { appId: id(), displayName: 'Azure CLI' },
  resource: 'https://management.example.com',
  address: '192.0.2.7',
  userAgent: 'Mozilla/5.0',
  credential: { kind: 'password', id: undefined },
  mfa: false,
  outcome: { code: 0, reason: '' },
  policies: [],
});
