import { createServer } from 'node:net';
import { normalisePath } from '@holdfast/arm';
import type { Tenant } from '@holdfast/directory';
import { createSealer } from '@holdfast/sealing';
import fastify, { type FastifyInstance } from 'fastify';
import { createKeyRing, createTokenIssuer, newSigningKey, tokenRoutes } from '../src/index.ts';
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
  newKey(tenant: Tenant, signsFrom?: Date): Promise<void>;
}

export interface TestAuthorityOptions {
  readonly origin?: string;
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
  await app.register(tokenRoutes({ directory: directory.store, keyRing, tokens, origins, clock, random }));
  return { ...directory, app, origin, clock, newKey };
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
  readonly path?: 'oauth2/v2.0/token' | 'oauth2/token';
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
