import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { type Authority, createAuthority, openAuthority } from '@holdfast/certificate-authority';
import { addMs, type Clock, days, type Random } from '@holdfast/kernel';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { DataFolder } from '../data-folder.ts';
import { findFile, writePrivateFile } from '../private-file.ts';

export interface TlsMaterial {
  readonly key: string;
  readonly cert: string;
  /** What clients must trust. */
  readonly caFile: string;
}

interface Needs {
  readonly config: Config;
  readonly files: DataFolder['tls'];
  readonly clock: Clock;
  readonly random: Random;
}

const authorityDays = 3650;
/** Clients refuse TLS certificates that live longer. */
const serverDays = 397;
const renewedBefore = days(30);

/** The administrator's own certificate, or one of our private authority that is made, and made again in time. */
export const tlsMaterial = async (needs: Needs): Promise<TlsMaterial> => {
  const { config } = needs;
  if (config.tls !== undefined) return ownCertificate(config.tls);
  const authority = await privateAuthority(needs);
  if (!isCurrent(needs, authority)) await issue(needs, authority);
  const { certificate, key, ca } = needs.files;
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(certificate, 'utf8'), caFile: ca };
};

const ownCertificate = ({ certificate, key }: { certificate: string; key: string }): TlsMaterial => {
  try {
    const material = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8'), caFile: certificate };
    if (new X509Certificate(material.cert).checkPrivateKey(createPrivateKey(material.key))) return material;
  } catch (cause) {
    throw new ConfigError(`--tls-certificate or --tls-key cannot be used: ${(cause as Error).message}`);
  }
  throw new ConfigError('--tls-key is not the key of --tls-certificate');
};

const privateAuthority = async ({ files, clock, random }: Needs): Promise<Authority> => {
  const key = findFile(files.caKey);
  const certificate = findFile(files.ca);
  if (key !== undefined && certificate !== undefined) {
    const pkcs8 = createPrivateKey(key).export({ format: 'der', type: 'pkcs8' });
    return openAuthority({ certificatePem: certificate.toString(), privateKeyPkcs8: pkcs8, random });
  }
  const made = await createAuthority({ subject: 'Holdfast private CA', clock, random, validityDays: authorityDays });
  const pem = createPrivateKey({ key: Buffer.from(made.privateKeyPkcs8), format: 'der', type: 'pkcs8' });
  writePrivateFile(files.caKey, pem.export({ format: 'pem', type: 'pkcs8' }));
  writePrivateFile(files.ca, made.certificatePem);
  return openAuthority({ ...made, random });
};

const wantedHosts = ({ origin, hosts }: Config): readonly string[] => [
  ...new Set([new URL(origin).hostname.replace(/^\[|\]$/g, ''), 'localhost', hostname(), '127.0.0.1', '::1', ...hosts]),
];

const isCurrent = ({ config, files, clock }: Needs, authority: Authority): boolean => {
  const pem = findFile(files.certificate);
  if (pem === undefined || findFile(files.key) === undefined) return false;
  const certificate = new X509Certificate(pem);
  if (!certificate.verify(new X509Certificate(authority.certificatePem).publicKey)) return false;
  const covered = wantedHosts(config).every((host) => covers(certificate, host));
  return covered && new Date(certificate.validTo) > addMs(clock.now(), renewedBefore);
};

const covers = (certificate: X509Certificate, host: string): boolean =>
  (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;

const issue = async ({ config, files, clock }: Needs, authority: Authority): Promise<void> => {
  const request = { hosts: wantedHosts(config), validityDays: serverDays, now: clock.now() };
  const issued = await authority.issueServerCertificate(request);
  writePrivateFile(files.key, issued.privateKeyPem);
  writePrivateFile(files.certificate, issued.certificatePem + authority.certificatePem);
};
