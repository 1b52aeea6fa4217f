import { seconds } from '@holdfast/kernel';
import type { FetchBody } from 'openid-client';

/** The platform's `fetch` as far as it is used; tests put another in its place. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Response>;

export interface FetchOptions {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: FetchBody;
  readonly redirect?: 'manual';
  readonly signal?: AbortSignal;
}

/** Metadata and keys take a few kilobytes; a token with a thousand groups takes forty. */
const mostBytes = 262_144;
const longestMs = seconds(10);

/**
 * Asks other issuers, which are trusted for what they say and not for how they say it: encrypted only, the very address
 * and no redirect from it, ten seconds and 256 KiB at most.
 */
export const createBoundedFetch =
  (fetch: Fetch = globalThis.fetch as Fetch): Fetch =>
  async (url, options) => {
    if (new URL(url).protocol !== 'https:') throw new TypeError(`not asked, because it is not https: ${url}`);
    const limit = AbortSignal.timeout(longestMs);
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    const response = await fetch(url, { ...options, redirect: 'manual', signal });
    const { status, headers } = response;
    const body = await readBounded(response, url);
    // RFC 9110 section 15.3: these have none, and `Response` refuses to be made with one.
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
  };

const readBounded = async (response: Response, url: string): Promise<Uint8Array<ArrayBuffer>> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    // Leaving the loop cancels the rest.
    if (length > mostBytes) throw new TypeError(`the answer is longer than ${mostBytes} bytes: ${url}`);
    parts.push(part);
  }
  return Uint8Array.from(Buffer.concat(parts));
};
