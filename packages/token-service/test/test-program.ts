import { createHash } from 'node:crypto';
import { type Client, noRedirectUris, type RedirectUris, type Tenant } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import { postForm, type TestAuthority } from './test-authority.ts';
import { random } from './test-directory.ts';

export type Fields = Readonly<Record<string, string | undefined>>;

/** A program as it talks to the authority. Every method takes changes to a correct request; undefined takes away. */
export interface TestProgram {
  readonly appId: Uuid;
  readonly client: Client | undefined;
  readonly redirectUri: string;
  readonly verifier: string;
  /** The address that it sends a browser to. */
  authorize(changes?: Fields): string;
  redeem(code: string | undefined, changes?: Fields): Promise<TokenReply>;
  refresh(token: string | undefined, changes?: Fields): Promise<TokenReply>;
  askDevice(changes?: Fields): Promise<TokenReply>;
  poll(deviceCode: string | undefined, changes?: Fields): Promise<TokenReply>;
  /** From another address, page or endpoint, or at another tenant. */
  from(place: Partial<ProgramPlace>): TestProgram;
}

/** Members of every kind of answer; which of them are there is for the tests to see. */
interface AnyBody {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
  readonly client_info: string;
  readonly scope: string;
  readonly device_code: string;
  readonly user_code: string;
  readonly error_description: string;
}

export interface TokenReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: AnyBody;
  /** The AADSTS number of a refusal. */
  readonly number: number | undefined;
  readonly error: string | undefined;
}

interface ProgramPlace {
  readonly segment: string;
  readonly address: string;
  readonly origin: string | undefined;
  readonly version: 'v2.0/' | '';
}

interface ProgramFacts {
  readonly authority: TestAuthority;
  readonly client: Client | undefined;
  readonly appId: Uuid;
  readonly secret: string | undefined;
  readonly redirectUri: string;
  readonly place: ProgramPlace;
}

export const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46' as Uuid;

/** The program that everybody has. */
export const commandLine = (authority: TestAuthority, tenant: Tenant = authority.tenant): TestProgram =>
  programOf({
    authority,
    client: undefined,
    appId: azureCli,
    secret: undefined,
    redirectUri: 'http://localhost:8400',
    place: homeOf(tenant),
  });

export interface ProgramWish {
  readonly tenant?: Tenant;
  readonly kind?: keyof RedirectUris;
  readonly redirectUri?: string;
  readonly changes?: Partial<Client>;
  /** Permissions that everybody's administrator gave it at the resource manager. */
  readonly consented?: readonly string[];
}

/** A registered program; `web` proves itself with its secret. */
export const registerProgram = async (authority: TestAuthority, wish: ProgramWish = {}): Promise<TestProgram> => {
  const { tenant = authority.tenant, kind = 'web', redirectUri = 'https://app.example/signed-in' } = wish;
  const redirectUris = { ...noRedirectUris, [kind]: [redirectUri] };
  const made = authority.addClient(tenant, { redirectUris, displayName: 'Inventory', ...wish.changes });
  const { appId } = made.client;
  const { consented = ['user_impersonation'] } = wish;
  if (consented.length > 0)
    await authority.state.consents.put({
      id: newUuid(random),
      tenantId: tenant.id,
      appId,
      userId: undefined,
      resource: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
      scopes: consented,
      createdAt: authority.clock.now(),
    });
  const origin = kind === 'spa' ? new URL(redirectUri).origin : undefined;
  const secret = kind === 'web' ? made.secret : undefined;
  return programOf({
    authority,
    client: made.client,
    appId,
    secret,
    redirectUri,
    place: { ...homeOf(tenant), origin },
  });
};

const homeOf = ({ id }: Tenant): ProgramPlace => ({
  segment: id,
  address: '203.0.113.9',
  origin: undefined,
  version: 'v2.0/',
});

const programOf = (facts: ProgramFacts): TestProgram => {
  const { appId, redirectUri, authority, client, place, secret } = facts;
  const verifier = Buffer.from(random.bytes(32)).toString('base64url');
  const scope = `openid profile offline_access ${authority.origin}/user_impersonation`;
  const wanted = place.version === '' ? { resource: authority.origin } : { scope };
  const own = { client_id: appId, client_secret: secret };
  const token = (fields: Fields, changes: Fields = {}) => send(facts, 'token', { ...own, ...fields, ...changes });
  const device = 'urn:ietf:params:oauth:grant-type:device_code';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const asking = {
    client_id: appId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: 's',
    nonce: 'n',
    ...wanted,
  };
  return {
    appId,
    client,
    redirectUri,
    verifier,
    authorize: (changes = {}) =>
      `${authority.origin}/${place.segment}/oauth2/${place.version}authorize?${form({ ...asking, ...pkce, ...changes })}`,
    redeem: (code, changes) =>
      token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier }, changes),
    refresh: (refresh_token, changes) => token({ grant_type: 'refresh_token', refresh_token }, changes),
    askDevice: (changes = {}) => send(facts, 'devicecode', { client_id: appId, ...wanted, ...changes }),
    poll: (device_code, changes) => token({ grant_type: device, device_code }, changes),
    from: (other) => programOf({ ...facts, place: { ...place, ...other } }),
  };
};

const present = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const form = (fields: Fields): string => new URLSearchParams(present(fields)).toString();

const send = async (
  { authority, place }: ProgramFacts,
  endpoint: 'token' | 'devicecode',
  fields: Fields,
): Promise<TokenReply> => {
  const { segment: tenant, address: sender, origin, version } = place;
  const headers = { 'user-agent': 'Test program', ...(origin !== undefined && { origin }) };
  const to = { tenant, path: `oauth2/${version}${endpoint}`, headers, sender } as Parameters<typeof postForm>[1];
  const reply = await postForm(authority.app, to, present(fields));
  const body = reply.json();
  const { statusCode: status } = reply;
  return { status, headers: reply.headers, body, number: body.error_codes?.[0], error: body.error };
};
