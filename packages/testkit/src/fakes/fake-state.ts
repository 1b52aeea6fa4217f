import type {
  ConditionalAccessPolicy,
  Consent,
  DirectoryRoleAssignment,
  Group,
  IdentityProvider,
  Membership,
  NamedLocation,
  SignIn,
  User,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type {
  AuthorizationCode,
  DeviceCode,
  DeviceDecision,
  RefreshFamily,
  RefreshToken,
  Session,
} from '@holdfast/token-service';
import { type FakeTable, fakeTable } from './fake-table.ts';

/** What the fakes of one set share: deleting a person reaches into most of them. */
export interface FakeState {
  readonly users: FakeTable<User>;
  readonly groups: FakeTable<Group>;
  readonly members: FakeTable<Membership>;
  readonly roles: FakeTable<DirectoryRoleAssignment>;
  readonly consents: FakeTable<Consent>;
  readonly providers: FakeTable<IdentityProvider>;
  readonly policies: FakeTable<ConditionalAccessPolicy>;
  readonly locations: FakeTable<NamedLocation>;
  readonly signIns: FakeTable<SignIn>;
  readonly sessions: FakeTable<Session>;
  readonly guesses: Map<string, { guesses: number; beganAt: Date }>;
  readonly codes: FakeTable<{ readonly code: AuthorizationCode; claimed: boolean }>;
  readonly families: FakeTable<RefreshFamily>;
  readonly revocations: Map<Uuid, Date>;
  readonly refreshTokens: FakeTable<{ readonly token: RefreshToken; usedAt: Date | undefined }>;
  readonly deviceCodes: FakeTable<FakeDeviceCode>;
}

export interface FakeDeviceCode {
  readonly code: DeviceCode;
  decision: DeviceDecision | undefined;
  redeemed: boolean;
  intervalSeconds: number;
  polledAt: Date | undefined;
}

export const createFakeState = (): FakeState => ({
  users: fakeTable(),
  groups: fakeTable(),
  members: fakeTable(),
  roles: fakeTable(),
  consents: fakeTable(),
  providers: fakeTable(),
  policies: fakeTable(),
  locations: fakeTable(),
  signIns: fakeTable(),
  sessions: fakeTable(),
  guesses: new Map(),
  codes: fakeTable(),
  families: fakeTable(),
  revocations: new Map(),
  refreshTokens: fakeTable(),
  deviceCodes: fakeTable(),
});
