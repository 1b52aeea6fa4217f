import { createHash, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { armError } from '@holdfast/arm';
import {
  agentProtocolVersions,
  contentDigest,
  parseSignature,
  protocolHeader,
  signatureBase,
  signatureWindowSeconds,
} from '@holdfast/contracts';
import { type Exchange, headerOf, pathOf } from '../exchange.ts';
import type { MachineKey, MachineKeys } from '../ports.ts';

const verifyAsync = promisify(verify);

/**
 * A connected machine's signature over method, path and body (see contracts, agent-protocol/signature.ts). A captured
 * request may be replayed within the window by whoever broke its TLS: a heartbeat then repeats a used beat, and the
 * other answers went to that reader already, so no nonce is kept.
 */
export const authenticateMachine =
  (keys: MachineKeys) =>
  async (exchange: Exchange): Promise<void> => {
    checkProtocol(exchange);
    const signature = parseSignature(
      headerOf(exchange.request, 'signature-input') ?? '',
      headerOf(exchange.request, 'signature') ?? '',
    );
    if (signature === undefined) throw armError('MachineSignatureMissing', {});
    const digest = digestOf(exchange);
    checkClock(signature.created, exchange.now);
    const key = await keys.find(signature.keyId, exchange.now);
    if (key === undefined) throw armError('MachineUnknown', {});
    const base = signatureBase({
      ...signature,
      method: exchange.request.method,
      path: pathOf(exchange.request),
      contentDigest: digest,
    });
    const genuine = await verifyAsync(
      'sha256',
      Buffer.from(base),
      { key: key.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature.signatureBase64, 'base64'),
    );
    if (!genuine) throw armError('MachineSignatureInvalid', {});
    checkExpiry(key, exchange.now);
    exchange.caller = { kind: 'Machine', machineId: key.machineId, tenantId: key.tenantId };
  };

const checkProtocol = (exchange: Exchange): void => {
  const version = headerOf(exchange.request, protocolHeader) ?? '';
  if (agentProtocolVersions.some((known) => String(known) === version)) return;
  throw armError('AgentProtocolUnsupported', { version, supported: agentProtocolVersions.join(', ') });
};

const digestOf = (exchange: Exchange): string => {
  const sha256 = createHash('sha256')
    .update(exchange.request.body ?? '')
    .digest('base64');
  const digest = contentDigest(sha256);
  if (headerOf(exchange.request, 'content-digest') !== digest) throw armError('MachineSignatureInvalid', {});
  return digest;
};

const checkClock = (created: number, now: Date): void => {
  if (Math.abs(now.getTime() / 1000 - created) <= signatureWindowSeconds) return;
  const signed = new Date(created * 1000).toISOString();
  throw armError('MachineClockSkew', { signed, window: signatureWindowSeconds, now: now.toISOString() });
};

const checkExpiry = (key: MachineKey, now: Date): void => {
  if (key.expiresAt === undefined || key.expiresAt > now) return;
  throw armError('MachineExpired', { expiry: key.expiresAt.toISOString() });
};
