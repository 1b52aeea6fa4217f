import { err, ok, parseUuid, type Result, type Uuid } from '@holdfast/kernel';
import { type ClientAssertion, parseClientAssertion } from '../dialect/client-assertion.ts';
import type { FormFields } from '../dialect/form-fields.ts';
import { type OAuthError, oauthError } from '../oauth-error.ts';
import type { CredentialKind } from '../tokens/token-issuer.ts';

/** Who a request says it is from, and what it shows for it. */
export interface PresentedClient {
  /** As it was sent; a client id that is no GUID belongs to nobody. */
  readonly appId: Uuid | undefined;
  readonly credential: PresentedCredential;
}

export type PresentedCredential =
  | { readonly kind: 'none' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'assertion'; readonly assertion: ClientAssertion };

/** What a credential would be if it held, for the sign-in log. */
export const presentedKind = (credential: PresentedCredential): CredentialKind => {
  if (credential.kind !== 'assertion') return credential.kind;
  return credential.assertion.speaker === 'client' ? 'certificate' : 'federated';
};

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Client authentication as RFC 6749 section 2.3 and RFC 7521 section 4.2 allow it: one method in one request. */
export const parsePresentedClient = (
  fields: FormFields,
  authorization: string | undefined,
): Result<PresentedClient, OAuthError> => {
  const basic = authorization === undefined ? ok(undefined) : parseBasic(authorization);
  if (!basic.ok) return basic;
  const credential = parseCredential(fields, basic.value?.secret);
  if (!credential.ok) return credential;
  const ids = [basic.value?.id, fields.get('client_id')].filter((id) => id !== undefined);
  if (new Set(ids.map((id) => id.toLowerCase())).size > 1)
    return err(oauthError('malformedRequest', { reason: "'client_id' and the Authorization header differ" }));
  const id = ids[0] ?? ownName(credential.value);
  if (id === undefined) return err(oauthError('missingParameter', { name: 'client_id' }));
  const appId = parseUuid(id);
  return ok({ appId: appId.ok ? appId.value : undefined, credential: credential.value });
};

/** RFC 7521 section 4.2: an assertion names its client. One by a foreign issuer names somebody else's subject. */
const ownName = (credential: PresentedCredential): string | undefined =>
  credential.kind === 'assertion' && credential.assertion.speaker === 'client'
    ? credential.assertion.subject
    : undefined;

const parseCredential = (
  fields: FormFields,
  basicSecret: string | undefined,
): Result<PresentedCredential, OAuthError> => {
  const text = fields.get('client_assertion');
  const secrets = [basicSecret, fields.get('client_secret')].filter((secret) => secret !== undefined);
  if (secrets.length + (text === undefined ? 0 : 1) > 1)
    return err(oauthError('malformedRequest', { reason: 'more than one client credential is presented' }));
  if (text === undefined) {
    const [secret] = secrets;
    return ok(secret === undefined ? { kind: 'none' } : { kind: 'secret', secret });
  }
  const type = fields.get('client_assertion_type');
  if (type === undefined) return err(oauthError('missingParameter', { name: 'client_assertion_type' }));
  if (type !== assertionType)
    return err(oauthError('malformedRequest', { reason: `'client_assertion_type' must be '${assertionType}'` }));
  const assertion = parseClientAssertion(text);
  return assertion.ok ? ok({ kind: 'assertion', assertion: assertion.value }) : assertion;
};

interface BasicCredentials {
  readonly id: string;
  readonly secret: string | undefined;
}

/** `Basic base64(form-encoded id ":" form-encoded secret)`, RFC 6749 section 2.3.1. Other schemes are not for us. */
const parseBasic = (header: string): Result<BasicCredentials | undefined, OAuthError> => {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header)?.[1];
  if (encoded === undefined) return ok(undefined);
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  const id = colon < 0 ? undefined : formDecoded(pair.slice(0, colon));
  const secret = colon < 0 ? undefined : formDecoded(pair.slice(colon + 1));
  if (id === undefined || secret === undefined)
    return err(oauthError('malformedRequest', { reason: 'the Authorization header cannot be read' }));
  return ok({ id, secret: secret === '' ? undefined : secret });
};

const formDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
