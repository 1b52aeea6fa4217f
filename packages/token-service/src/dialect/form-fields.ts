import { err, ok, type Result } from '@holdfast/kernel';
import { type OAuthError, oauthError } from '../oauth-error.ts';

/** A form's fields by name. A field without a value counts as left out (RFC 6749 section 3.1). */
export type FormFields = ReadonlyMap<string, string>;

const mostFields = 100;

/** Fields nobody knows stay unread: clients add telemetry and claims requests of their own. */
export const parseForm = (body: string): Result<FormFields, OAuthError> => {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (value === '') continue;
    // RFC 6749 section 3.2: a parameter sent twice could mean one thing to us and another to a proxy before us.
    if (fields.has(name)) return err(oauthError('duplicateParameter', { name }));
    if (fields.size === mostFields)
      return err(oauthError('malformedRequest', { reason: `more than ${mostFields} fields` }));
    fields.set(name, value);
  }
  return ok(fields);
};

/** The value of a field without which a request means nothing. */
export const requiredField = (fields: FormFields, name: string): string => {
  const value = fields.get(name);
  if (value === undefined) throw oauthError('missingParameter', { name });
  return value;
};
