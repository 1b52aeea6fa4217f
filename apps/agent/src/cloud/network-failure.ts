import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** Node's and OpenSSL's names for a certificate that does not lead to a trusted one. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
const wrongDates = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const words: Readonly<Record<string, (url: URL) => string>> = {
  ENOTFOUND: ({ hostname }) => `the name '${hostname}' cannot be resolved`,
  EAI_AGAIN: ({ hostname }) => `no name server answers for '${hostname}'`,
  ECONNREFUSED: ({ host }) => `${host} refused the connection: nothing listens there`,
  EHOSTUNREACH: ({ host }) => `there is no route to ${host}`,
  ENETUNREACH: ({ host }) => `there is no route to ${host}`,
  ETIMEDOUT: ({ host }) => `${host} did not answer in time`,
  ECONNRESET: ({ host }) => `${host} closed the connection`,
  EPROTO: ({ host }) => `${host} does not speak TLS as it should`,
  ERR_SSL_WRONG_VERSION_NUMBER: ({ host }) => `${host} does not speak TLS: is it an http address?`,
};

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Trying again does not help against a certificate that is not accepted. */
export const isCertificateFailure = (error: unknown): boolean => {
  const code = codeOf(error);
  return untrusted.has(code) || wrongDates.has(code) || code === 'ERR_TLS_CERT_ALTNAME_INVALID';
};

/** Why a call had no answer, for the person who has to mend it. Certificates are named by their issuer. */
export const explainNetworkFailure = async (error: unknown, target: string): Promise<string> => {
  const url = new URL(target);
  const code = codeOf(error);
  if (isCertificateFailure(error)) return `${await certificateWords(code, url)} (${code})`;
  const reason = words[code]?.(url) ?? (error instanceof Error ? error.message : String(error));
  return code === '' ? `${url.host}: ${reason}` : `${reason} (${code})`;
};

const certificateWords = async (code: string, url: URL): Promise<string> => {
  const seen = await presentedCertificate(url);
  const issuer = seen === undefined ? 'somebody' : `'${seen.issuer}'`;
  if (untrusted.has(code))
    return `the certificate of ${url.host} is issued by ${issuer}, whom this machine does not trust`;
  if (wrongDates.has(code))
    return `the certificate of ${url.host}, issued by ${issuer}, is valid from ${seen?.from} to ${seen?.to} only`;
  return `the certificate of ${url.host} is made out to '${seen?.names}', not to '${url.hostname}'`;
};

interface Presented {
  readonly issuer: string;
  readonly names: string;
  readonly from: string;
  readonly to: string;
}

/** Looks at the certificate without trusting it: nothing is sent on this connection. */
const presentedCertificate = (url: URL): Promise<Presented | undefined> =>
  new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // Server names are never addresses (RFC 6066 section 3).
    const named = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port: Number(url.port || 443), ...named, rejectUnauthorized: false });
    socket.on('error', () => resolve(undefined));
    socket.on('close', () => resolve(undefined));
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) return resolve(undefined);
      const names = certificate.subjectAltName?.replaceAll('DNS:', '') ?? certificate.subject;
      const { validFrom: from, validTo: to } = certificate;
      resolve({ issuer: oneLine(certificate.issuer), names: oneLine(names), from, to });
    });
  });

const oneLine = (text: string): string => text.trim().replaceAll('\n', ', ');
