import type { ControlPlaneFailure } from '@holdfast/agent-core';
import type { Incoming } from './transport.ts';

/** Network errors that mean more to a person in words. */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing accepts connections there',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
  ECONNRESET: 'the connection was cut',
  ETIMEDOUT: 'the connection timed out',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this machine does not trust',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not trusted by this machine',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

export const unreachable = (origin: string, error: unknown): ControlPlaneFailure => {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = (code === undefined ? undefined : words[code]) ?? message;
  return { kind: 'unreachable', code: code ?? 'NoAnswer', message: `${origin} cannot be reached: ${reason}` };
};

/** Something answered in the control plane's place, such as a sign-in page of the network. */
export const notTheControlPlane = (origin: string, answer: Incoming): ControlPlaneFailure => ({
  kind: 'unreachable',
  code: 'UnexpectedAnswer',
  message: `${origin} answered ${answer.status} with something that is not from a control plane`,
});

/** A refusal in ARM's error envelope, `{"error":{"code","message"}}`. */
export const refusalOf = (origin: string, answer: Incoming, now: Date): ControlPlaneFailure => {
  const told = envelopeOf(answer.text);
  return {
    kind: 'refused',
    status: answer.status,
    code: told?.code ?? `Http${answer.status}`,
    message: told?.message ?? `${origin} answered ${answer.status}`,
    retryAfterSeconds: retryAfterSeconds(answer.headers['retry-after'], now),
  };
};

const envelopeOf = (text: string): { code: string; message: string } | undefined => {
  try {
    const { code, message } = JSON.parse(text).error;
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : undefined;
  } catch {
    return undefined;
  }
};

/** RFC 9110 section 10.2.3: seconds, or a date on the control plane's clock. */
const retryAfterSeconds = (header: string | undefined, now: Date): number | null => {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000));
};
