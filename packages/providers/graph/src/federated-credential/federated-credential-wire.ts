import type { FederatedCredential } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** `lastUsedDateTime` is Holdfast's own. */
export const federatedCredentialToWire = (credential: FederatedCredential): Entity => ({
  id: credential.id,
  name: credential.name,
  issuer: credential.issuer,
  subject: credential.subject,
  description: credential.description ?? null,
  audiences: credential.audiences,
  lastUsedDateTime: credential.lastUsedAt?.toISOString() ?? null,
});
