import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '@holdfast/kernel';

export interface Sealer {
  /**
   * `label` says what the bytes are and whose, such as `signing-key:{tenant}:{kid}`. It is authenticated but not
   * stored: sealed bytes moved to another row do not open there.
   */
  seal(plain: Uint8Array, label: string): Uint8Array;
  /** Throws when the key or the label is another one, or the bytes were changed. */
  open(sealed: Uint8Array, label: string): Uint8Array;
  /**
   * A sealer with a key of its own (HKDF, RFC 5869), for what is sealed often: each name has the whole room of a key, and
   * what one seals the others cannot open.
   */
  derive(purpose: string): Sealer;
}

export const masterKeyBytes = 32;

// Sealed form, version 1: version (1 byte), nonce (12), ciphertext, tag (16). Random nonces are safe for 2^32 seals
// under one key (NIST SP 800-38D section 8.3), far above what a control plane ever seals under the master key itself.
const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

export const createSealer = (masterKey: Uint8Array, random: Random): Sealer => {
  if (masterKey.length !== masterKeyBytes)
    throw new Error(`the master key has ${masterKey.length} bytes; it must have ${masterKeyBytes}`);
  const key = Uint8Array.from(masterKey);
  return {
    seal: (plain, label) => {
      const nonce = random.bytes(nonceBytes);
      const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      sealing.setAAD(associatedData(label));
      const parts = [sealing.update(plain), sealing.final()];
      return Uint8Array.from(Buffer.concat([Buffer.of(version), nonce, ...parts, sealing.getAuthTag()]));
    },
    open: (sealed, label) => {
      if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes)
        throw new Error(`${label}: these are not bytes that this version of Holdfast sealed`);
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      opening.setAAD(associatedData(label));
      opening.setAuthTag(sealed.subarray(-tagBytes));
      try {
        const plain = [opening.update(sealed.subarray(1 + nonceBytes, -tagBytes)), opening.final()];
        return Uint8Array.from(Buffer.concat(plain));
      } catch (cause) {
        throw new Error(`${label}: cannot be opened: another master key sealed it, or it was changed`, { cause });
      }
    },
    derive: (purpose) =>
      createSealer(
        new Uint8Array(hkdfSync('sha256', key, '', `holdfast-derive-${version}:${purpose}`, masterKeyBytes)),
        random,
      ),
  };
};

/** The version is authenticated with the label, so that no later form can be passed off as this one. */
const associatedData = (label: string): Uint8Array => Buffer.from(`holdfast-seal-${version}:${label}`, 'utf8');
