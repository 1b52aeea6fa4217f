import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { clearTimeout, setTimeout } from 'node:timers';
import { addMs, createSystemClock, days } from '@holdfast/kernel';

/** A certificate authority in memory; its certificates begin at the machine's time. */
export interface TestAuthority {
  readonly caPem: string;
  readonly server: { readonly key: string; readonly cert: string };
  /** A certificate for a public key (SubjectPublicKeyInfo DER, base64), followed by its issuer. */
  issue(publicKey: string, days: number): string;
}

export const createTestAuthority = (name = 'test authority'): TestAuthority => {
  const ca = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issued = (content: Content) => certificatePem(content, { name, key: ca.privateKey });
  const caPem = issued({ subject: name, spki: spkiOf(ca.publicKey), days: 3650, extension: anAuthority });
  return {
    caPem,
    server: {
      key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      cert: issued({ subject: 'localhost', spki: spkiOf(server.publicKey), days: 3650, extension: forLocalhost }),
    },
    issue: (publicKey, days) =>
      issued({ subject: 'machine', spki: Buffer.from(publicKey, 'base64'), days, extension: noAuthority }) + caPem,
  };
};

interface Content {
  /** The common name. */
  readonly subject: string;
  readonly spki: Uint8Array;
  readonly days: number;
  readonly extension: Uint8Array;
}

const clock = createSystemClock({ setTimeout, clearTimeout });

/**
 * RFC 5280 section 4.1, in DER by hand: node:crypto reads certificates and writes none, and the agent's side has no library
 * that does.
 */
const certificatePem = (content: Content, issuer: { name: string; key: KeyObject }): string => {
  const now = clock.now();
  const version3 = der(0xa0, der(0x02, Buffer.of(2)));
  const serialNumber = der(0x02, Buffer.of(1), randomBytes(15));
  const validity = sequence(utcTime(now), utcTime(addMs(now, days(content.days))));
  const names = [nameOf(issuer.name), validity, nameOf(content.subject)];
  const extensions = der(0xa3, sequence(content.extension));
  const signed = sequence(version3, serialNumber, ecdsaWithSha256, ...names, content.spki, extensions);
  const certificate = sequence(signed, ecdsaWithSha256, der(0x03, Buffer.of(0), sign('sha256', signed, issuer.key)));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });

/** Tag, length (X.690 section 8.1.3) and content. */
const der = (tag: number, ...content: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(content);
  const { length } = body;
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...(length < 0x80 ? [length] : long)), body]);
};
const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.of(0xff));

const nameOf = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(commonName)))));
const utcTime = (at: Date): Buffer => der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const basicConstraints = (...content: readonly Uint8Array[]): Buffer =>
  sequence(identifier('551d13'), yes, der(0x04, sequence(...content)));
const anAuthority = basicConstraints(yes);
const noAuthority = basicConstraints();
/** The alternative names `localhost` and 127.0.0.1. */
const forLocalhost = sequence(
  identifier('551d11'),
  der(0x04, sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.of(127, 0, 0, 1)))),
);
