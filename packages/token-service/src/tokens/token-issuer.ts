import type { Client, Tenant, User } from '@holdfast/directory';
import { base64url, type Clock, type Random, type Uuid } from '@holdfast/kernel';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Authentication } from '../sign-in/session-store.ts';
import { algorithmFor } from './agent-audience.ts';
import { issuerOf, type TokenVersion } from './issuer-names.ts';
import { idTokenClaims, userTokenClaims } from './person-claims.ts';
import { signToken } from './sign-token.ts';

/** What a program proved itself with; `appidacr` and `azpacr` tell it to resource servers. */
export type CredentialKind = 'none' | 'secret' | 'certificate' | 'federated';

export interface AppTokenRequest {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly credential: CredentialKind;
  /** Carried as `xms_cid`: a token counts no longer than the credential that obtained it is there. */
  readonly credentialId: Uuid;
  readonly audience: string;
  readonly version: TokenVersion;
  /** The client's permissions at this audience. */
  readonly roles: readonly string[];
}

export interface MachineTokenRequest {
  readonly tenantId: Uuid;
  readonly principalId: Uuid;
  readonly clientId: Uuid;
  /** The machine's resource id, carried as `xms_mirid`. */
  readonly resourceId: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/** A person's token for a program. */
export interface UserTokenRequest {
  readonly user: User;
  readonly appId: Uuid;
  readonly credential: CredentialKind;
  readonly audience: string;
  readonly version: TokenVersion;
  /** Permissions at the audience, and `openid`, `profile`, `email` where the program asked for them. */
  readonly scopes: readonly string[];
  readonly sid: Uuid;
  readonly authentication: Authentication;
  /** Where the program asked from. */
  readonly address: string;
}

/** What a program learns of the person (OpenID Connect Core section 2). */
export interface IdTokenRequest {
  readonly user: User;
  readonly appId: Uuid;
  readonly version: TokenVersion;
  readonly sid: Uuid;
  readonly authentication: Authentication;
  readonly nonce: string | undefined;
}

/** Times are seconds since 1970. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly notBefore: number;
  readonly expiresOn: number;
  readonly lifetimeSeconds: number;
}

export interface TokenIssuer {
  issueAppToken(request: AppTokenRequest): Promise<IssuedToken>;
  /** For a connected machine; the caller has verified its identity. */
  issueMachineToken(request: MachineTokenRequest): Promise<IssuedToken>;
  issueUserToken(request: UserTokenRequest): Promise<IssuedToken>;
  issueIdToken(request: IdTokenRequest): Promise<string>;
}

export interface TokenIssuerOptions {
  readonly keyRing: KeyRing;
  /** The authority's origin, without a trailing slash. */
  readonly loginOrigin: string;
  readonly clock: Clock;
  readonly random: Random;
}

export const appTokenSeconds = 3600;
export const userTokenSeconds = 3600;
/** Machines ask less often, and hold on through a day without us. */
export const machineTokenSeconds = 86_400;
/** `nbf` lies back by what Entra allows, for resource servers whose clock is behind. */
const clockAllowanceSeconds = 300;

interface Subject {
  readonly tenantId: Uuid;
  readonly objectId: Uuid;
  readonly appId: Uuid;
  readonly audience: string;
  readonly version: TokenVersion;
  readonly lifetimeSeconds: number;
}

export const createTokenIssuer = (options: TokenIssuerOptions): TokenIssuer => ({
  issueAppToken: ({ tenant, client, credential, credentialId, audience, version, roles }) => {
    const subject = {
      tenantId: tenant.id,
      objectId: client.objectId,
      appId: client.appId,
      audience,
      version,
      lifetimeSeconds: appTokenSeconds,
    };
    return issue(options, subject, {
      ...clientClaims(version, client.appId, credential),
      idtyp: 'app',
      xms_cid: credentialId,
      ...(roles.length === 0 ? {} : { roles }),
    });
  },
  issueMachineToken: ({ tenantId, principalId, clientId, resourceId, audience, lifetimeSeconds }) => {
    const subject = {
      tenantId,
      objectId: principalId,
      appId: clientId,
      audience,
      version: '1.0' as const,
      lifetimeSeconds,
    };
    const claims = { ...clientClaims('1.0', clientId, 'certificate'), idtyp: 'app', xms_mirid: resourceId };
    return issue(options, subject, claims);
  },
  issueUserToken: (request) => {
    const { user, appId, audience, version, credential } = request;
    const subject = { ...personOf(user), appId, audience, version, lifetimeSeconds: userTokenSeconds };
    const iat = issuedAtOf(user, options.clock.now());
    return issue(options, subject, { ...clientClaims(version, appId, credential), ...userTokenClaims(request), iat });
  },
  issueIdToken: async (request) => {
    const { user, appId, version } = request;
    const subject = { ...personOf(user), appId, audience: appId, version, lifetimeSeconds: userTokenSeconds };
    return (await issue(options, subject, idTokenClaims(request))).accessToken;
  },
});

/** Not before the moment a person's tokens count from: whole seconds must not make a new token look revoked. */
const issuedAtOf = ({ tokensValidFrom }: User, now: Date): number =>
  Math.max(Math.floor(now.getTime() / 1000), Math.ceil(tokensValidFrom.getTime() / 1000));

const personOf = ({ tenantId, id }: User) => ({ tenantId, objectId: id });

const credentialCodes = { none: '0', secret: '1', certificate: '2', federated: '2' } as const;

const clientClaims = (version: TokenVersion, appId: Uuid, credential: CredentialKind) =>
  version === '2.0'
    ? { azp: appId, azpacr: credentialCodes[credential] }
    : { appid: appId, appidacr: credentialCodes[credential] };

const issue = async (
  { keyRing, loginOrigin, clock, random }: TokenIssuerOptions,
  subject: Subject,
  claims: Readonly<Record<string, unknown>>,
): Promise<IssuedToken> => {
  const key = await keyRing.signingKey(subject.tenantId, algorithmFor(subject.audience, loginOrigin));
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const times = { iat: issuedAt, nbf: issuedAt - clockAllowanceSeconds, exp: issuedAt + subject.lifetimeSeconds };
  const accessToken = await signToken(
    {
      aud: subject.audience,
      iss: issuerOf(loginOrigin, subject.tenantId, subject.version),
      ...times,
      ...claims,
      oid: subject.objectId,
      sub: subject.objectId,
      tid: subject.tenantId,
      uti: base64url(random.bytes(16)),
      ver: subject.version,
    },
    key,
  );
  return {
    accessToken,
    notBefore: times.nbf,
    expiresOn: times.exp,
    lifetimeSeconds: subject.lifetimeSeconds,
  };
};
