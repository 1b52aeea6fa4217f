import { Type } from 'typebox';
import { known, moment, nullable } from './fields.ts';

/** What is asked for when a secret is made; the secret itself is the server's to choose. */
export const passwordCredentialBody = known({
  passwordCredential: Type.Optional(
    known({ displayName: nullable({ maxLength: 256 }), startDateTime: moment, endDateTime: moment }),
  ),
});

export const removePasswordBody = known({ keyId: Type.String({ format: 'uuid' }) });

/**
 * A certificate. `key` is the DER, or a PEM without its first and last line, in base64; az leaves the line breaks in.
 * One without `key` names a certificate that is there already and stays.
 */
const keyCredential = known({
  keyId: nullable({ maxLength: 64 }),
  key: nullable({ maxLength: 32_768 }),
  displayName: nullable({ maxLength: 256 }),
  startDateTime: moment,
  endDateTime: moment,
  type: nullable({ maxLength: 64 }),
  usage: nullable({ maxLength: 64 }),
  customKeyIdentifier: nullable({ maxLength: 256 }),
  // Read with the others and sent back with them: az appends to the list it read.
  lastUsedDateTime: moment,
});

/** The whole list: what is not in it goes. */
export const keyCredentials = Type.Array(keyCredential, { maxItems: 50 });
