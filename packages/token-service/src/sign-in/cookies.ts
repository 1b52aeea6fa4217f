import { parseCookie, stringifySetCookie } from 'cookie';

/**
 * `flow` names the browser while a sign-in is under way, `session` says who is signed in, `device` that somebody signed in
 * here before, and `external` keeps a sign-in while the browser is at another provider.
 */
export type CookieName = 'flow' | 'session' | 'device' | 'external';

/** The prefix makes browsers insist on Secure, on the whole host and on no other domain (RFC 6265bis section 4.1.3.2). */
const wireName = (name: CookieName): string => `__Host-holdfast-${name}`;

/** Lax: they come along when another site sends the person here, and not when it sends a form. */
const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

export const readCookies = (header: string | undefined): Readonly<Partial<Record<CookieName, string>>> => {
  const all = parseCookie(header ?? '');
  const names: readonly CookieName[] = ['flow', 'session', 'device', 'external'];
  return Object.fromEntries(names.flatMap((name) => (all[wireName(name)] ? [[name, all[wireName(name)]]] : [])));
};

/** Without `maxAge` (seconds) it ends with the browser. */
export const setCookie = (name: CookieName, value: string, maxAge?: number): string =>
  stringifySetCookie({ name: wireName(name), value, ...attributes, ...(maxAge !== undefined && { maxAge }) });

export const clearCookie = (name: CookieName): string => setCookie(name, '', 0);
