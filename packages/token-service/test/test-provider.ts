import { createHash } from 'node:crypto';
import { type IdentityProvider, identityProviderLabel } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { random } from './test-directory.ts';
import { createTestIssuer, type TestIssuer } from './test-issuer.ts';
import type { NetworkReply, NetworkRequest, TestNetwork } from './test-network.ts';

/** What its person and its faults are, until a test changes them. */
export interface ProviderBehaviour {
  /** Beside what a correct ID token has; undefined takes away. */
  claims: Record<string, unknown>;
  signing: Parameters<TestIssuer['sign']>[1];
  userInfo: Record<string, unknown> | undefined;
  /** Instead of the token endpoint's answer. */
  tokenReply: NetworkReply | undefined;
}

/** An OpenID provider that knows one client: us. */
export interface TestProvider {
  readonly issuer: TestIssuer;
  readonly record: IdentityProvider;
  readonly clientSecret: string;
  readonly behaviour: ProviderBehaviour;
  /** Back to how it began. */
  reset(): void;
  /** The person signs in there: where the browser is sent back to. */
  signIn(url: string): URL;
  /** How the last token request authenticated. */
  readonly seen: { authorization: string | undefined; body: URLSearchParams };
}

export interface TestProviderOptions {
  readonly network: TestNetwork;
  readonly sealer: Sealer;
  readonly tenantId: Uuid;
  readonly url: string;
}

export const createTestProvider = async (options: TestProviderOptions): Promise<TestProvider> => {
  const { network, url } = options;
  const issuer = await createTestIssuer(network, url);
  const documents = network.sites.get(new URL(url).origin);
  const clientSecret = 'canary secret/with+signs';
  const codes = new Map<string, URLSearchParams>();
  const behaviour: ProviderBehaviour = { ...goodBehaviour };
  const seen = { authorization: undefined as string | undefined, body: new URLSearchParams() };
  const redeem = async ({ authorization, body }: NetworkRequest): Promise<NetworkReply> => {
    Object.assign(seen, { authorization, body: new URLSearchParams(body) });
    if (behaviour.tokenReply) return behaviour.tokenReply;
    const asked = codes.get(seen.body.get('code') ?? '');
    return asked === undefined || !isProven(asked, seen.body)
      ? { status: 400, body: { error: 'invalid_grant' } }
      : { body: await tokensFor(asked, { issuer, behaviour }) };
  };
  const record = recordOf(options, clientSecret);
  const reset = () => {
    Object.assign(behaviour, goodBehaviour);
    Object.assign(record, { trustsMfa: true });
    issuer.fail(undefined);
    for (const name of Object.keys(issuer.metadata)) delete issuer.metadata[name];
    Object.assign(issuer.metadata, metadataOf(url));
    network.sites.set(new URL(url).origin, async (request) => {
      if (request.url.href === `${url}/token`) return redeem(request);
      if (request.url.href === `${url}/userinfo`) return { body: behaviour.userInfo };
      return (await documents?.(request)) ?? { status: 404 };
    });
  };
  reset();
  return { issuer, record, clientSecret, behaviour, seen, reset, signIn: (at) => signIn(at, codes) };
};

const goodBehaviour: ProviderBehaviour = { claims: {}, signing: {}, userInfo: undefined, tokenReply: undefined };

const metadataOf = (url: string) => ({
  issuer: url,
  jwks_uri: `${url}/keys`,
  authorization_endpoint: `${url}/authorize`,
  token_endpoint: `${url}/token`,
  id_token_signing_alg_values_supported: ['RS256'],
});

const recordOf = ({ sealer, tenantId, url }: TestProviderOptions, clientSecret: string): IdentityProvider => {
  const id = newUuid(random);
  return {
    id,
    tenantId,
    displayName: 'Contoso ID',
    issuer: url,
    clientId: 'holdfast',
    sealedClientSecret: sealer.seal(Buffer.from(clientSecret), identityProviderLabel(tenantId, id)),
    scopes: ['groups'],
    createsUsers: true,
    groupClaim: 'groups',
    groups: {},
    trustsMfa: true,
    createdAt: new Date(),
  };
};

const isProven = (asked: URLSearchParams, body: URLSearchParams): boolean => {
  const challenge = createHash('sha256')
    .update(body.get('code_verifier') ?? '')
    .digest('base64url');
  return asked.get('code_challenge') === challenge && asked.get('redirect_uri') === body.get('redirect_uri');
};

const tokensFor = async (
  asked: URLSearchParams,
  { issuer, behaviour }: { readonly issuer: TestIssuer; readonly behaviour: ProviderBehaviour },
) => {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 300 };
  const correct = { iss: issuer.issuer, aud: 'holdfast', sub: 'person-1', ...times, nonce: asked.get('nonce') };
  const idToken = await issuer.sign({ ...correct, ...behaviour.claims }, behaviour.signing);
  return { access_token: 'canary-access', token_type: 'Bearer', expires_in: 300, id_token: idToken };
};

const signIn = (url: string, codes: Map<string, URLSearchParams>): URL => {
  const asked = new URL(url).searchParams;
  const code = newUuid(random);
  codes.set(code, asked);
  const back = new URL(asked.get('redirect_uri') ?? '');
  back.searchParams.set('code', code);
  back.searchParams.set('state', asked.get('state') ?? '');
  return back;
};
