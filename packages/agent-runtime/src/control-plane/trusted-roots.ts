import { existsSync, readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';

/** Where distributions keep the roots their administrators manage: Debian and Alpine, Fedora and RHEL, SUSE, older RHEL. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
];

/**
 * What a connection may be checked against: the system's roots, among them those of TLS inspection, or Node's own where
 * the system has none; and `caPem` beside them. Reading the system's file costs 2 MB of memory,
 * `getCACertificates('system')` 6 MB.
 */
export const trustedRoots = (caPem: string | null): string[] => {
  const bundle = systemBundles.find((path) => existsSync(path));
  const roots = bundle === undefined ? getCACertificates('default') : [readFileSync(bundle, 'utf8')];
  return caPem === null ? roots : [...roots, caPem];
};
