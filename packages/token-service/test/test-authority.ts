import { createServer } from 'node:net';
import { normalisePath } from '@holdfast/arm';
import { hashPassword, type Tenant, type User } from '@holdfast/directory';
import { type Clock, newUuid } from '@holdfast/kernel';
import { createSealer, type Sealer } from '@holdfast/sealing';
import { createFakeSignInState, type FakeSignInState } from '@holdfast/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import {
  type ChangeUser,
  createKeyRing,
  createTokenIssuer,
  type NewSignIn,
  newSigningKey,
  type TokenRoutesOptions,
  tokenRoutes,
} from '../src/index.ts';
import { createTestClock, createTestDirectory, random, type TestDirectory } from './test-directory.ts';

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** The plugin on a host like the control plane's, over a directory in memory. */
export interface TestAuthority extends TestDirectory {
  readonly app: FastifyInstance;
  readonly origin: string;
  readonly clock: ReturnType<typeof createTestClock>;
  /** People, sessions, codes and everything else that signing in keeps. */
  readonly state: FakeSignInState;
  /** What the sign-in log heard, oldest first. */
  readonly signIns: readonly NewSignIn[];
  readonly sealer: Sealer;
  newKey(tenant: Tenant, signsFrom?: Date): Promise<void>;
  /** Somebody whose password is `testPassword`. */
  addUser(tenant: Tenant, changes?: Partial<User>): Promise<User>;
}

export interface TestAuthorityOptions {
  readonly origin?: string;
  readonly fetch?: Exclude<TokenRoutesOptions['fetch'], undefined>;
  readonly https?: { readonly key: string; readonly cert: string };
}

export const createTestAuthority = async (options: TestAuthorityOptions = {}): Promise<TestAuthority> => {
  const origin = options.origin ?? 'https://login.holdfast.test:8443';
  const clock = createTestClock();
  const directory = createTestDirectory(clock);
  const sealer = createSealer(random.bytes(32), random);
  const newKey = async ({ id }: Tenant, signsFrom?: Date) => {
    const times = signsFrom === undefined ? {} : { signsFrom };
    await directory.keyStore.addSigningKey(await newSigningKey({ tenantId: id, sealer, now: clock.now(), ...times }));
  };
  await newKey(directory.tenant);
  await newKey(directory.otherTenant);
  const keyRing = createKeyRing({ store: directory.keyStore, sealer, clock });
  const tokens = createTokenIssuer({ keyRing, loginOrigin: origin, clock, random });
  const origins = { login: origin, graph: origin, management: origin };
  const app = createHost(options);
  const state = createFakeSignInState();
  const signIns: NewSignIn[] = [];
  const signInLog = { record: (signIn: NewSignIn) => void signIns.push(signIn) };
  const stores = { ...state, directory: directory.store };
  const changeUser: ChangeUser = async ({ tenantId, id }, change) => {
    const user = await state.users.find(tenantId, id);
    if (user === undefined) return undefined;
    await state.users.update(change(user));
    return change(user);
  };
  const fetch = options.fetch && { fetch: options.fetch };
  await app.register(
    tokenRoutes({ stores, keyRing, tokens, changeUser, signInLog, sealer, origins, clock, random, ...fetch }),
  );
  const addUser = async (tenant: Tenant, changes: Partial<User> = {}) => {
    const user = { ...(await newTestUser(clock, tenant)), ...changes };
    await state.users.insert(user);
    return user;
  };
  return { ...directory, state, signIns, app, origin, clock, sealer, newKey, addUser };
};

/** What every test user's password is. */
export const testPassword = 'walnut-harbour-meridian';
let testPasswordHash: Promise<string> | undefined;

const newTestUser = async (clock: Clock, tenant: Tenant): Promise<User> => {
  testPasswordHash ??= hashPassword(testPassword, random);
  const id = newUuid(random);
  return {
    id,
    tenantId: tenant.id,
    userPrincipalName: `user-${id.slice(0, 8)}@${tenant.defaultDomain}`,
    displayName: 'Test user',
    profile: {},
    passwordHash: await testPasswordHash,
    mustChangePassword: false,
    passwordChangedAt: clock.now(),
    enabled: true,
    totp: undefined,
    external: undefined,
    tokensValidFrom: clock.now(),
    createdAt: clock.now(),
  };
};

const createHost = ({ https }: TestAuthorityOptions): FastifyInstance => {
  const options = {
    rewriteUrl: ({ url }: { url?: string | undefined }) => normalisePath(url ?? '/'),
    routerOptions: { caseSensitive: false },
  };
  // One type for both kinds of host: the plugin does not see the difference.
  return https === undefined ? fastify(options) : (fastify({ ...options, https }) as unknown as FastifyInstance);
};

export interface PostedForm {
  readonly tenant: string;
  readonly path?: `oauth2/${'v2.0/' | ''}${'token' | 'devicecode'}`;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sender?: string;
}

export const postForm = (app: FastifyInstance, to: PostedForm, fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: `/${to.tenant}/${to.path ?? 'oauth2/v2.0/token'}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...to.headers },
    payload: new URLSearchParams(fields).toString(),
    ...(to.sender === undefined ? {} : { remoteAddress: to.sender }),
  });
