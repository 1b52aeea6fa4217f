/**
 * A source of `form-action` that lets a post end at an address. The grammar of sources (CSP 3, section 2.3.1) knows names
 * and IPv4 addresses; for the rest, `http://[::1]:5000` or `app.example://auth`, only the scheme can be allowed.
 */
export const formActionSource = (address: string): string => {
  const { protocol, hostname, host } = new URL(address);
  const isSource = /^https?:$/.test(protocol) && /^[a-z0-9.-]+$/i.test(hostname);
  return isSource ? `${protocol}//${host}` : protocol;
};
