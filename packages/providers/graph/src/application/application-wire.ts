import type { Application } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';
import { certificateToWire, secretToWire } from './credential-wire.ts';
import { manifestToWire, webToWire } from './manifest.ts';

export const applicationToWire = (application: Application): Entity => ({
  id: application.id,
  appId: application.appId,
  displayName: application.displayName,
  createdDateTime: application.createdAt.toISOString(),
  deletedDateTime: null,
  identifierUris: application.identifierUris,
  isFallbackPublicClient: application.isFallbackPublicClient,
  ...manifestToWire(application.manifest),
  web: { ...webToWire(application.manifest), redirectUris: application.redirectUris.web },
  spa: { redirectUris: application.redirectUris.spa },
  publicClient: { redirectUris: application.redirectUris.publicClient },
  passwordCredentials: application.secrets.map(secretToWire),
  keyCredentials: application.certificates.map(certificateToWire),
});
