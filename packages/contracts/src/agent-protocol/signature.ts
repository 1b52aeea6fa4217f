/**
 * How a connected server signs a request: HTTP Message Signatures (RFC 9421) over the method, the path and the
 * body's digest (RFC 9530) with its P-256 identity key. Unlike a client certificate this passes through TLS
 * inspection, and unlike a bearer token it is worth nothing to whoever reads it.
 */
export interface SignedParts {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  /** The Content-Digest header. */
  readonly contentDigest: string;
  /** When it was signed, in seconds since 1970. */
  readonly created: number;
  /** RFC 7638 SHA-256 thumbprint of the identity key, base64url. */
  readonly keyId: string;
}

/** How far a signature's time may lie from the control plane's, in seconds. */
export const signatureWindowSeconds = 300;

export const contentDigest = (sha256Base64: string): string => `sha-256=:${sha256Base64}:`;

/** The Signature-Input header's value for `parts`. */
export const signatureInput = (parts: SignedParts): string => `machine=${parametersOf(parts)}`;

/** The text that is signed (RFC 9421 section 2.5). */
export const signatureBase = (parts: SignedParts): string =>
  [
    `"@method": ${parts.method}`,
    `"@path": ${parts.path}`,
    `"content-digest": ${parts.contentDigest}`,
    `"@signature-params": ${parametersOf(parts)}`,
  ].join('\n');

/** The Signature header's value; ECDSA signatures are the fixed-length form (RFC 9421 section 3.3.4). */
export const signatureHeader = (signatureBase64: string): string => `machine=:${signatureBase64}:`;

const parametersOf = (parts: SignedParts): string =>
  `("@method" "@path" "content-digest");created=${parts.created};keyid="${parts.keyId}";alg="ecdsa-p256-sha256"`;

const inputPattern =
  /^machine=\("@method" "@path" "content-digest"\);created=(\d{1,12});keyid="([\w-]{43})";alg="ecdsa-p256-sha256"$/;
const headerPattern = /^machine=:([A-Za-z0-9+/]{86}==):$/;

/** Reads the two headers back; undefined for any other form: there is one way to sign. */
export const parseSignature = (
  input: string,
  header: string,
): { created: number; keyId: string; signatureBase64: string } | undefined => {
  const parameters = inputPattern.exec(input);
  const signature = headerPattern.exec(header);
  const [, created, keyId] = parameters ?? [];
  const signatureBase64 = signature?.[1];
  if (created === undefined || keyId === undefined || signatureBase64 === undefined) return undefined;
  return { created: Number(created), keyId, signatureBase64 };
};
