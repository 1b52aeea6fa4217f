import type { RedirectUris } from '@holdfast/directory';
import type { RedirectKind } from '../dialect/redirect-uri.ts';
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
  const own = redirectUris.spa.map((uri) => new URL(uri).origin);
  if (origin === undefined || !own.includes(origin)) throw oauthError('crossOriginOnly', {});
};
