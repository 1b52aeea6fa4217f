import type { ClientCertificate, ClientSecret } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** A secret without itself. `lastUsedDateTime` is Holdfast's own. */
export const secretToWire = (secret: ClientSecret): Entity => ({
  customKeyIdentifier: null,
  displayName: secret.displayName,
  endDateTime: secret.endsAt.toISOString(),
  hint: secret.hint,
  keyId: secret.id,
  lastUsedDateTime: secret.lastUsedAt?.toISOString() ?? null,
  secretText: null,
  startDateTime: secret.startsAt.toISOString(),
});

/** A certificate by its thumbprint. Lists leave the certificate itself out, as Graph does. */
export const certificateToWire = (certificate: ClientCertificate): Entity => ({
  customKeyIdentifier: Buffer.from(certificate.sha1Thumbprint, 'base64url').toString('hex').toUpperCase(),
  displayName: certificate.displayName,
  endDateTime: certificate.endsAt.toISOString(),
  key: null,
  keyId: certificate.id,
  lastUsedDateTime: certificate.lastUsedAt?.toISOString() ?? null,
  startDateTime: certificate.startsAt.toISOString(),
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
});
