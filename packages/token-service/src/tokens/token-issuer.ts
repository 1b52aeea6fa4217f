import type { Client, Tenant } from '@holdfast/directory';
import { base64url, type Clock, type Random, type Uuid } from '@holdfast/kernel';
import type { KeyRing } from '../keys/key-ring.ts';
import { issuerOf, type TokenVersion } from './issuer-names.ts';
import { signToken } from './sign-token.ts';

/** What a caller proved itself with; `appidacr` and `azpacr` tell it to resource servers. */
export type CredentialKind = 'secret' | 'certificate';

export interface AppTokenRequest {
  readonly tenant: Tenant;
  readonly client: Client;
  readonly credential: CredentialKind;
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
}

export interface TokenIssuerOptions {
  readonly keyRing: KeyRing;
  /** The authority's origin, without a trailing slash. */
  readonly loginOrigin: string;
  readonly clock: Clock;
  readonly random: Random;
}

export const appTokenSeconds = 3600;
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
  issueAppToken: ({ tenant, client, credential, audience, version, roles }) => {
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
    return issue(options, subject, { ...clientClaims('1.0', clientId, 'certificate'), xms_mirid: resourceId });
  },
});

const credentialCodes = { secret: '1', certificate: '2' } as const;

const clientClaims = (version: TokenVersion, appId: Uuid, credential: CredentialKind) =>
  version === '2.0'
    ? { azp: appId, azpacr: credentialCodes[credential] }
    : { appid: appId, appidacr: credentialCodes[credential] };

const issue = async (
  { keyRing, loginOrigin, clock, random }: TokenIssuerOptions,
  subject: Subject,
  claims: Readonly<Record<string, unknown>>,
): Promise<IssuedToken> => {
  const key = await keyRing.signingKey(subject.tenantId);
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const times = { iat: issuedAt, nbf: issuedAt - clockAllowanceSeconds, exp: issuedAt + subject.lifetimeSeconds };
  const accessToken = await signToken(
    {
      aud: subject.audience,
      iss: issuerOf(loginOrigin, subject.tenantId, subject.version),
      ...times,
      ...claims,
      idtyp: 'app',
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
