import type { RedirectUris } from '@holdfast/directory';

export type RedirectKind = keyof RedirectUris;

export interface MatchedRedirect {
  /** As it was asked for: where the answer goes. */
  readonly uri: string;
  readonly kind: RedirectKind;
}

const longest = 2048;
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const kinds: readonly RedirectKind[] = ['spa', 'publicClient', 'web'];

/**
 * The registered place that a redirect URI names: compared to the letter (RFC 9700 section 2.1). On the person's own
 * computer any port counts, because programs listen where there is room (RFC 8252 section 7.3), and any path where the
 * registration names none, as Azure's tools do.
 */
export const matchRedirectUri = (registered: RedirectUris, uri: string): MatchedRedirect | undefined => {
  if (uri.length > longest || !isUsable(uri)) return undefined;
  const kind =
    kinds.find((each) => registered[each].includes(uri)) ??
    kinds.find((each) => registered[each].some((known) => isSameLoopback(known, uri)));
  return kind && { uri, kind };
};

/**
 * No fragment (RFC 6749 section 3.1.2), nothing that a browser would run, nothing that breaks a header, and no backslash,
 * which browsers read as a slash and others do not.
 */
const isUsable = (uri: string): boolean => {
  if (!/^[\x21-\x7e]+$/.test(uri) || /[#\\]/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, username, password } = new URL(uri);
  return (
    !['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'].includes(protocol) && !username && !password
  );
};

/** Whether an address is plain http on the person's own computer. */
export const isLoopback = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && loopbackHosts.has(hostname);
};

const isSameLoopback = (known: string, uri: string): boolean => {
  if (!isLoopback(known) || !isLoopback(uri)) return false;
  const [wanted, given] = [new URL(known), new URL(uri)];
  if (wanted.hostname !== given.hostname || given.search !== wanted.search) return false;
  return wanted.pathname === '/' ? true : wanted.pathname === given.pathname;
};
