import type { Application } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** An application's secrets and certificates as Graph's appCredentialSignInActivity. */
export const credentialActivitiesOf = (application: Application): readonly Entity[] => [
  ...application.secrets.map((secret) => activity(application, { ...secret, keyType: 'clientSecret' })),
  ...application.certificates.map((certificate) => activity(application, { ...certificate, keyType: 'certificate' })),
];

interface Credential {
  readonly id: string;
  readonly displayName: string;
  readonly keyType: 'clientSecret' | 'certificate';
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly lastUsedAt: Date | undefined;
}

const activity = ({ id, appId, displayName }: Application, credential: Credential): Entity => ({
  id: credential.id,
  keyId: credential.id,
  keyType: credential.keyType,
  keyUsage: credential.keyType === 'clientSecret' ? 'sign' : 'verify',
  credentialDisplayName: credential.displayName,
  appId,
  appObjectId: id,
  appDisplayName: displayName,
  credentialOrigin: 'application',
  createdDateTime: credential.startsAt.toISOString(),
  expirationDateTime: credential.endsAt.toISOString(),
  signInActivity: { lastSignInDateTime: credential.lastUsedAt?.toISOString() ?? null },
});
