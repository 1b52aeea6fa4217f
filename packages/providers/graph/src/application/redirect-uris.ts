import { armError } from '@holdfast/arm';
import type { ApplicationPatch } from '@holdfast/contracts';
import type { RedirectUris } from '@holdfast/directory';

const longest = 2048;
const own = ['localhost', '127.0.0.1', '[::1]'];
/** What a browser would run or read instead of sending anything anywhere. */
const refused = ['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:'];

/** The redirect URIs after a change; each of the three lists is replaced as a whole. */
export const patchRedirectUris = (old: RedirectUris, body: ApplicationPatch): RedirectUris => ({
  web: checked(body.web?.redirectUris, 'web') ?? old.web,
  spa: checked(body.spa?.redirectUris, 'spa') ?? old.spa,
  publicClient: checked(body.publicClient?.redirectUris, 'publicClient') ?? old.publicClient,
});

const checked = (uris: readonly string[] | undefined, kind: keyof RedirectUris): readonly string[] | undefined => {
  const bad = uris?.find((uri) => !isRegistrable(uri, kind));
  if (bad === undefined) return uris && [...new Set(uris)];
  throw armError('DirectoryBadRequest', {
    detail: `The redirect URI '${bad}' cannot be registered for ${kind}: it must be an absolute https address, or http on the person's own computer, without a fragment, wildcard or user name${kind === 'publicClient' ? '; native programs may use a scheme of their own' : ''}.`,
  });
};

/** Compared to the letter later on (RFC 9700 section 2.1), so a wildcard would mean nothing good. */
const isRegistrable = (uri: string, kind: keyof RedirectUris): boolean => {
  if (uri.length > longest || !/^[\x21-\x7e]+$/.test(uri) || /[#*]/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, hostname, username, password } = new URL(uri);
  if (username !== '' || password !== '' || refused.includes(protocol)) return false;
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return own.includes(hostname);
  return kind === 'publicClient';
};
