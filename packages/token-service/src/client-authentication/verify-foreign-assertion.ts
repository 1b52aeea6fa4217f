import type { Client, FederatedCredential } from '@holdfast/directory';
import { compactVerify } from 'jose';
import type { ClientAssertion } from '../dialect/client-assertion.ts';
import { oauthError } from '../oauth-error.ts';
import { checkTimes, livesTooLong } from './assertion-times.ts';
import type { IssuerKeys } from './issuer-keys.ts';

export interface ForeignAssertionCheck {
  readonly assertion: ClientAssertion;
  readonly client: Client;
  readonly issuerKeys: IssuerKeys;
  readonly now: Date;
}

/**
 * The client's credential that a foreign issuer's token fits; throws an `OAuthError` for any that does not hold. The issuer
 * is asked for its keys only after a credential of this client has named it: nobody else decides whom we ask.
 */
export const verifyForeignAssertion = async (check: ForeignAssertionCheck): Promise<FederatedCredential> => {
  const { assertion, client, now } = check;
  const credential = findCredential(client.federatedCredentials, assertion);
  checkTimes(assertion, now);
  if (livesTooLong(assertion, now)) throw invalid(assertion, 'It is valid for longer than a day');
  await verifySignature(check);
  return credential;
};

/** Issuers and subjects are no secrets, and the words must help people who compare them. */
const findCredential = (
  credentials: readonly FederatedCredential[],
  { issuer, subject, audiences }: ClientAssertion,
): FederatedCredential => {
  const ofIssuer = credentials.filter((each) => each.issuer === issuer);
  if (ofIssuer.length === 0) throw oauthError('noCredentialOfIssuer', { issuer });
  const ofSubject = ofIssuer.filter((each) => each.subject === subject);
  if (ofSubject.length === 0) throw oauthError('noCredentialOfSubject', { subject, issuer });
  const found = ofSubject.find((each) => each.audiences.some((audience) => audiences.includes(audience)));
  if (found !== undefined) return found;
  const wanted = ofSubject.flatMap((each) => each.audiences).join("' or '");
  throw oauthError('noCredentialOfAudience', { audience: audiences.join("', '"), wanted });
};

const verifySignature = async ({ assertion, issuerKeys }: ForeignAssertionCheck): Promise<void> => {
  const { issuer, text, algorithm, keyId } = assertion;
  const found = await issuerKeys.find(issuer, { alg: algorithm, kid: keyId });
  if (!found.ok) throw oauthError('issuerUnreachable', { issuer }, { cause: found.error });
  if (found.value === undefined) throw invalid(assertion, 'The issuer publishes no key for it');
  try {
    await compactVerify(text, found.value, { algorithms: [algorithm] });
  } catch (cause) {
    throw invalid(assertion, 'The signature does not match', cause);
  }
};

const invalid = ({ issuer, keyId }: ClientAssertion, reason: string, cause?: unknown) =>
  oauthError('invalidForeignAssertion', { reason, issuer, key: keyId ?? 'none' }, { cause });
