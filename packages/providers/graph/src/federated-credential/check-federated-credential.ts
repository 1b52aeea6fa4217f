import { armError } from '@holdfast/arm';
import type { Application, FederatedCredential } from '@holdfast/directory';

/** Entra's limit. */
const most = 20;

const refuse = (detail: string): Error => armError('DirectoryBadRequest', { detail });

/**
 * Whether an application may trust what is wanted. The issuer's keys are fetched from its address, so that must be an
 * https one; and one foreign token must not fit two credentials, of which one may be about to be removed.
 */
export const checkFederatedCredential = (
  { federatedCredentials }: Application,
  wanted: FederatedCredential,
): FederatedCredential => {
  if (!isIssuer(wanted.issuer))
    throw refuse(`The issuer '${wanted.issuer}' must be an https address without a query, fragment or user name.`);
  const others = federatedCredentials.filter(({ id }) => id !== wanted.id);
  if (others.length >= most) throw refuse(`An application can have at most ${most} federated identity credentials.`);
  if (others.some(({ issuer, subject }) => issuer === wanted.issuer && subject === wanted.subject))
    throw refuse('FederatedIdentityCredential with this combination of issuer and subject already exists.');
  return wanted;
};

const isIssuer = (text: string): boolean => {
  if (!/^https:\/\/[\x21-\x7e]+$/i.test(text) || /[?#]/.test(text) || !URL.canParse(text)) return false;
  const { username, password, hostname } = new URL(text);
  return hostname !== '' && username === '' && password === '';
};
