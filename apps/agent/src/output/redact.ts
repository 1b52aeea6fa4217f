/** Makes texts safe to show: each secret becomes `***`, wherever it stands. */
export type Redact = (text: string) => string;

/** Shorter texts are no secrets, and masking them would garble everything else. */
const shortestSecret = 4;

export const createRedact = (secrets: readonly string[]): Redact => {
  // The longest first: one secret may be a part of another.
  const masked = secrets.filter((secret) => secret.length >= shortestSecret).sort((a, b) => b.length - a.length);
  return (text) => masked.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
};
