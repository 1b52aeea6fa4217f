import { createHash } from 'node:crypto';
import { base64url, newUuid, type Random } from '@holdfast/kernel';
import type { ClientSecret } from './credential.ts';

export interface NewClientSecret {
  readonly now: Date;
  readonly random: Random;
  readonly displayName: string;
  readonly endsAt: Date;
}

/** A generated 256-bit secret. `secret` is to be shown once and then forgotten; `record` is what is kept. */
export const newClientSecret = (options: NewClientSecret): { secret: string; record: ClientSecret } => {
  const secret = newSecretText(options.random);
  const record = {
    id: newUuid(options.random),
    displayName: options.displayName,
    sha256: sha256Of(secret),
    hint: secret.slice(0, 3),
    startsAt: options.now,
    endsAt: options.endsAt,
    lastUsedAt: undefined,
  };
  return { secret, record };
};

/** Drawn anew while it begins with a sign: command lines read `-p -x…` as two options. */
const newSecretText = (random: Random): string => {
  for (;;) {
    const text = base64url(random.bytes(32));
    if (/^[A-Za-z0-9]/.test(text)) return text;
  }
};

export const sha256Of = (secret: string): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(secret, 'utf8').digest());
