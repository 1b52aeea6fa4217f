import type { RedirectUris } from '@holdfast/directory';
import { isLoopback, type RedirectKind } from '../dialect/redirect-uri.ts';
import { oauthError } from '../oauth-error.ts';

/**
 * Tokens for scripts in a browser go to pages of the program's own origins only, and what was meant for another kind of
 * program goes to no page at all: a page that got hold of a code or a refresh token can do nothing with it.
 */
export const checkOrigin = (
  origin: string | undefined,
  { redirectKind, redirectUris }: { readonly redirectKind: RedirectKind; readonly redirectUris: RedirectUris },
): void => {
  if (redirectKind !== 'spa') {
    if (origin === undefined) return;
    throw oauthError('crossOriginRefused', { origin });
  }
  if (origin === undefined || !redirectUris.spa.some((uri) => isOriginOf(uri, origin)))
    throw oauthError('crossOriginOnly', {});
};

/** On the person's own computer any port counts, as it does for the redirect URI itself. */
const isOriginOf = (uri: string, origin: string): boolean => {
  const own = new URL(uri).origin;
  return own === origin || (isLoopback(own) && withoutPort(own) === withoutPort(origin));
};

const withoutPort = (origin: string): string => origin.replace(/:\d+$/, '');
