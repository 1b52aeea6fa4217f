/**
 * A refusal: Entra's AADSTS number, the HTTP status, the OAuth error (RFC 6749 section 5.2), words with `{holes}`, and a
 * `suberror` where clients look for one.
 */
export type ErrorRow = readonly [number: number, status: number, error: string, words: string, suberror?: string];
export type ErrorTable = Readonly<Record<string, ErrorRow>>;
