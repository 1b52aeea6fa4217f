import { clientErrors } from './errors/client-errors.ts';
import type { ErrorRow } from './errors/error-table.ts';
import { federationErrors } from './errors/federation-errors.ts';
import { personErrors } from './errors/person-errors.ts';
import { requestErrors } from './errors/request-errors.ts';

/**
 * Every refusal of the token service. Numbers and words follow Entra's, because people search for them and clients show
 * them as they are.
 */
const catalogue = { ...requestErrors, ...clientErrors, ...federationErrors, ...personErrors } as const;

export type OAuthErrorEntry = keyof typeof catalogue;

type Holes<Words extends string> = Words extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;
type Parameters<Entry extends OAuthErrorEntry> = Record<Holes<(typeof catalogue)[Entry][3]>, string | number>;

/** An entry of the catalogue. `message` is public and holds no credential; `cause` is for the log only. */
export class OAuthError extends Error {
  readonly entry: OAuthErrorEntry;
  /** The number after `AADSTS`. */
  readonly number: number;
  readonly status: number;
  readonly error: string;
  /** Tells clients such as MSAL what to do next. */
  readonly suberror: string | undefined;

  constructor(entry: OAuthErrorEntry, message: string, options: { cause?: unknown }) {
    super(message, options);
    this.name = 'OAuthError';
    this.entry = entry;
    const [number, status, refusal, , suberror]: ErrorRow = catalogue[entry];
    this.number = number;
    this.status = status;
    this.error = refusal;
    this.suberror = suberror;
  }
}

export const oauthError = <Entry extends OAuthErrorEntry>(
  entry: Entry,
  parameters: Parameters<Entry>,
  options: { cause?: unknown } = {},
): OAuthError => {
  const values = parameters as Record<string, string | number>;
  const words = catalogue[entry][3].replace(/\{(\w+)\}/g, (_, hole: string) => quotable(String(values[hole])));
  return new OAuthError(entry, words, options);
};

/** The words that stand behind a number, with their holes; undefined for a number that is not ours. */
export const wordsOf = (number: number): string | undefined =>
  Object.values(catalogue).find((entry) => entry[0] === number)?.[3];

/** What callers sent is repeated to them short and on one line. */
const quotable = (text: string): string => {
  const line = text.replace(/[^\x20-\x7e]/g, '?');
  return line.length <= 200 ? line : `${line.slice(0, 197)}...`;
};
