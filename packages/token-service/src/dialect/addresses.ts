import type { TokenVersion } from '../tokens/issuer-names.ts';

/** The authority's addresses below one tenant segment. `login` is its origin without a trailing slash. */
export const addressesOf = (login: string, segment: string, version: TokenVersion) => {
  const v2 = version === '2.0';
  return {
    authorize: `${login}/${segment}/oauth2/${v2 ? 'v2.0/' : ''}authorize`,
    deviceCode: `${login}/${segment}/oauth2/${v2 ? 'v2.0/' : ''}devicecode`,
    logout: `${login}/${segment}/oauth2/${v2 ? 'v2.0/' : ''}logout`,
    token: `${login}/${segment}/oauth2/${v2 ? 'v2.0/' : ''}token`,
    keys: `${login}/${segment}/discovery/${v2 ? 'v2.0/' : ''}keys`,
  };
};
