import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** Key and certificate in one file. */
  readonly bothFile: string;
}

export interface CertificateWish {
  /** Where the files go, under the certificate's name. */
  readonly folder: string;
  readonly name: string;
  /** PEM with the key to certify; an RSA key is made when there is none. */
  readonly keyFile?: string;
  readonly from: Date;
  readonly to: Date;
}

/** A self-signed certificate with any dates, made by openssl. */
export const makeCertificate = ({ folder, name, keyFile, from, to }: CertificateWish): CertificateFiles => {
  const place = join(folder, `${name}-certificate`);
  mkdirSync(place);
  const file = (each: string): string => join(place, each);
  writeFileSync(file('index.txt'), '');
  writeFileSync(file('ca.cnf'), configuration(place));
  const key = keyFile ?? file('key.pem');
  const withKey = keyFile === undefined ? ['-newkey', 'rsa:2048', '-nodes', '-keyout', key] : ['-key', key];
  openssl('req', '-new', ...withKey, '-subj', `/CN=${name}`, '-out', file('request.pem'));
  const dates = ['-startdate', asn1Time(from), '-enddate', asn1Time(to)];
  const about = ['-batch', '-selfsign', '-notext', '-config', file('ca.cnf'), '-keyfile', key];
  openssl('ca', ...about, ...dates, '-in', file('request.pem'), '-out', file('certificate.pem'));
  writeFileSync(file('both.pem'), readFileSync(key, 'utf8') + readFileSync(file('certificate.pem'), 'utf8'), {
    mode: 0o600,
  });
  return { certificateFile: file('certificate.pem'), keyFile: key, bothFile: file('both.pem') };
};

const configuration = (place: string): string => `
[ca]
default_ca = own
[own]
database = ${place}/index.txt
new_certs_dir = ${place}
default_md = sha256
rand_serial = yes
policy = any
[any]
commonName = supplied
`;

const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { stdio: 'pipe' });
};

/** YYYYMMDDHHMMSSZ (RFC 5280 section 4.1.2.5.2). */
const asn1Time = (at: Date): string => `${at.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`;

const day = 86_400_000;

/** A day from now, or before it. */
export const daysFromNow = (days: number): Date => new Date(Date.now() + days * day);
