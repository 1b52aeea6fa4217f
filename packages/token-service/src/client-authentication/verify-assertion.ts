import { type KeyObject, X509Certificate } from 'node:crypto';
import type { Client, ClientCertificate } from '@holdfast/directory';
import { compactVerify } from 'jose';
import type { ClientAssertion } from '../dialect/client-assertion.ts';
import { oauthError } from '../oauth-error.ts';
import { checkTimes, livesTooLong } from './assertion-times.ts';

export interface AssertionCheck {
  readonly assertion: ClientAssertion;
  readonly client: Client;
  /** The addresses of the token endpoint that an assertion may be meant for; the first is named in the refusal. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/** The certificate whose key signed the assertion; throws an `OAuthError` for any that does not hold. */
export const verifyAssertion = async (check: AssertionCheck): Promise<ClientCertificate> => {
  const { assertion, client } = check;
  if ([assertion.issuer, assertion.subject].some((name) => name.toLowerCase() !== client.appId))
    throw oauthError('assertionForAnotherClient', {});
  const certificate = client.certificates.find(
    ({ sha1Thumbprint, sha256Thumbprint }) =>
      assertion.thumbprints.includes(sha256Thumbprint) || assertion.thumbprints.includes(sha1Thumbprint),
  );
  if (certificate === undefined) throw invalid(assertion, 'The key was not found');
  await verifySignature(assertion, certificate);
  if (certificate.endsAt <= check.now) throw invalid(assertion, 'The key used is expired');
  if (check.now < certificate.startsAt) throw invalid(assertion, 'The key used is not yet valid');
  checkAudience(check);
  checkTimes(assertion, check.now);
  if (livesTooLong(assertion, check.now)) throw invalid(assertion, 'It is valid for longer than a day');
  return certificate;
};

const invalid = (assertion: ClientAssertion, reason: string, cause?: unknown) =>
  oauthError('invalidAssertion', { reason, thumbprint: assertion.thumbprints[0] ?? 'none' }, { cause });

const verifySignature = async (assertion: ClientAssertion, certificate: ClientCertificate): Promise<void> => {
  try {
    await compactVerify(assertion.text, keyOf(certificate), { algorithms: [assertion.algorithm] });
  } catch (cause) {
    throw invalid(assertion, 'The signature does not match', cause);
  }
};

/** Parsed once for as long as the directory's cache holds the certificate. */
const keys = new WeakMap<ClientCertificate, KeyObject>();

const keyOf = (certificate: ClientCertificate): KeyObject => {
  const known = keys.get(certificate);
  if (known !== undefined) return known;
  const key = new X509Certificate(Buffer.from(certificate.certificateDer)).publicKey;
  keys.set(certificate, key);
  return key;
};

/** One foreign audience is enough to refuse: whoever it is could present the assertion here in the client's name. */
const checkAudience = ({ assertion, audiences }: AssertionCheck): void => {
  const allowed = audiences.map((audience) => audience.toLowerCase());
  const isOurs = (audience: string) => allowed.includes(audience.toLowerCase());
  if (assertion.audiences.length > 0 && assertion.audiences.every(isOurs)) return;
  throw oauthError('assertionForAnotherAudience', { audience: audiences[0] ?? '' });
};
