import type { Random, Uuid } from '@holdfast/kernel';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator application understands: RFC 6238 with HMAC-SHA-1, six digits, a new code every 30 seconds. */
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code of the step before or after counts as well: clocks differ, and people take time to type. */
const allowedSteps = 1;
/** As long as the hash, as RFC 4226 section 4 recommends. */
const secretBytes = 20;

/** What a person's TOTP secret is sealed under. */
export const totpLabel = (tenantId: Uuid, userId: Uuid): string => `totp:${tenantId}:${userId}`;

/** A secret for a person's authenticator, in base32. It is kept in this form, sealed. */
export const newTotpSecret = (random: Random): string =>
  new Secret({ buffer: Uint8Array.from(random.bytes(secretBytes)).buffer }).base32;

/** What the QR code for the authenticator says; it holds the secret. `account` is how the authenticator lists it. */
export const totpUri = (secretBase32: string, about: { readonly issuer: string; readonly account: string }): string =>
  new TOTP({ ...form, secret: secretBase32, issuer: about.issuer, label: about.account }).toString();

/**
 * The time step that a code belongs to, undefined when it is wrong. The step is then to be claimed
 * (`UserStore.claimTotpStep`), because each code counts once. Blanks within the code are passed over.
 */
export const matchTotp = (secretBase32: string, code: string, now: Date): number | undefined => {
  const token = code.replace(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const secret = Secret.fromBase32(secretBase32);
  const timestamp = now.getTime();
  const difference = TOTP.validate({ ...form, token, secret, timestamp, window: allowedSteps });
  return difference === null ? undefined : TOTP.counter({ period: form.period, timestamp }) + difference;
};
