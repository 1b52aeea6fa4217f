import { addMs, minutes, type Uuid, unwrap } from '@holdfast/kernel';
import { findRequestingApp } from '../clients/requesting-app.ts';
import { findAuthority } from '../dialect/authority.ts';
import { clientIdOf } from '../dialect/authorization-request.ts';
import { type FormFields, parseForm, requiredField } from '../dialect/form-fields.ts';
import { parsePersonScope, type RequestedScopes, scopesOfResource } from '../dialect/requested-scopes.ts';
import { oauthError } from '../oauth-error.ts';
import type { PersonServices } from '../people/person-services.ts';
import { randomSecret, sha256 } from '../people/random-secret.ts';
import type { GuessLimits } from '../sign-in/guess-limits.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import type { DeviceCodeStore } from './device-code-store.ts';
import { newUserCode } from './user-code.ts';

export interface DeviceCodeRequest {
  readonly segment: string;
  readonly endpoint: TokenVersion;
  readonly body: string;
  readonly sender: string;
  readonly userAgent: string;
}

export interface DeviceCodeServices extends PersonServices {
  readonly deviceCodes: DeviceCodeStore;
  readonly limits: GuessLimits;
}

const lifetime = minutes(15);
/** Seconds between polls. */
const interval = 5;
const attempts = 5;

/** Codes for a device and for its person (RFC 8628 section 3.1); az prints `message` as it is. */
export const requestDeviceCode = async (
  request: DeviceCodeRequest,
  services: DeviceCodeServices,
): Promise<Readonly<Record<string, unknown>>> => {
  const fields = unwrap(parseForm(request.body));
  const authority = await findAuthority(services.directory, request.segment);
  requiredField(fields, 'client_id');
  const app = await findRequestingApp(services.directory, authority, clientIdOf(fields));
  if (!app.allowsPublicFlows) throw oauthError('publicFlowDisabled', {});
  const requested = requestedScopes(fields, request.endpoint, services);
  const tenantId = authority.kind === 'tenant' ? authority.tenant.id : undefined;
  const asking = { what: 'deviceCode', account: '', address: request.sender, knownDevice: undefined } as const;
  await services.limits.check(asking);
  await services.limits.add(asking);
  const codes = await insertCode(request, { clientId: app.appId, tenantId, requested }, services);
  const uri = `${services.origins.login}/devicelogin`;
  const text = request.endpoint === '2.0' ? (value: number) => value : String;
  return {
    ...codes,
    // Entra's v1 spells it in its own way.
    [request.endpoint === '2.0' ? 'verification_uri' : 'verification_url']: uri,
    expires_in: text(lifetime / 1000),
    interval: text(interval),
    message: `To sign in, use a web browser to open the page ${uri} and enter the code ${codes.user_code} to authenticate.`,
  };
};

const requestedScopes = (fields: FormFields, endpoint: TokenVersion, { origins }: PersonServices): RequestedScopes =>
  endpoint === '2.0'
    ? unwrap(parsePersonScope(requiredField(fields, 'scope'), origins))
    : scopesOfResource(requiredField(fields, 'resource'), origins);

interface NewCode {
  readonly clientId: Uuid;
  readonly tenantId: Uuid | undefined;
  readonly requested: RequestedScopes;
}

const insertCode = async (
  { sender: address, userAgent }: DeviceCodeRequest,
  { clientId, tenantId, requested }: NewCode,
  { deviceCodes, clock, random }: DeviceCodeServices,
): Promise<{ readonly user_code: string; readonly device_code: string }> => {
  const now = clock.now();
  const times = { createdAt: now, expiresAt: addMs(now, lifetime) };
  const asked = { clientId, tenantId, resource: requested.resource.audience, address, userAgent };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const [userCode, deviceCode] = [newUserCode(random), randomSecret(random)];
    const hashes = { userCodeSha256: sha256(userCode), deviceCodeSha256: sha256(deviceCode) };
    const scopes = [...requested.permissions, ...requested.openid];
    if (await deviceCodes.insert({ ...hashes, ...asked, scopes, ...times }))
      return { user_code: userCode, device_code: deviceCode };
  }
  throw oauthError('temporarilyUnavailable', {});
};
