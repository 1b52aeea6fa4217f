import { getCACertificates } from 'node:tls';

/**
 * The certificates a connection is checked against: the system's, where TLS inspection puts its own, with Node's where
 * the system has none; and `caPem` beside them. Undefined leaves Node's default.
 */
export const trustedRoots = (caPem: string | null): string[] => {
  const system = getCACertificates('system');
  const roots = system.length > 0 ? system : getCACertificates('default');
  return caPem === null ? roots : [...roots, caPem];
};
