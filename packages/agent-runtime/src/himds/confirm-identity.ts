import type { ControlPlaneFailure } from '@holdfast/agent-core';
import type { CertificateAnswer } from '@holdfast/contracts';
import { connectionTo } from '../connection/connection.ts';
import type { PendingConnect } from '../connection/pending-connect.ts';
import { type IdentityCertificate, parseIdentityCertificate } from '../identity/identity-certificate.ts';
import type { IdentityKey } from '../identity/identity-key.ts';
import { Refusal } from '../local-api/refusal.ts';
import type { SessionParts } from '../session/session-parts.ts';

/**
 * Proves the prepared key to the control plane and stores what it answers. The last file, agentconfig.json, is the
 * step that connects: cut off before it, the same call can be repeated.
 */
export const confirmIdentity = async (
  parts: SessionParts,
  pending: PendingConnect,
  resourceId: string,
): Promise<void> => {
  const { memory, store, clock, log, key } = parts;
  const reply = await parts.controlPlane.issueCertificate();
  if (!reply.ok) throw refusalOf(reply.error);
  const { machine } = reply.value;
  if (machine.vmId.toLowerCase() !== pending.vmId || machine.resourceId.toLowerCase() !== resourceId.toLowerCase())
    throw mismatch(`as ${machine.resourceId} with VM id ${machine.vmId}, not as ${resourceId} with ${pending.vmId}`);
  const certificate = usable(reply.value, key);
  const connection = connectionTo(pending.target, machine, clock.now());
  store.saveCertificate(certificate);
  store.saveConnection(connection);
  store.removePending();
  Object.assign(memory, { certificate, connection, pending: null });
  memory.failures.clearAll();
  log.info('connected', { resourceId: connection.resourceId, vmId: connection.vmId });
};

const usable = (answer: CertificateAnswer, key: IdentityKey): IdentityCertificate => {
  try {
    return parseIdentityCertificate(answer.certificatePem, key);
  } catch (error) {
    const message = `The control plane's certificate cannot be used: ${String(error)}`;
    throw new Refusal(502, { code: 'CertificateUnusable', message });
  }
};

const mismatch = (how: string): Refusal =>
  new Refusal(502, { code: 'MachineMismatch', message: `The control plane knows this key ${how}.` });

const refusalOf = ({ kind, code, message }: ControlPlaneFailure): Refusal =>
  new Refusal(kind === 'unreachable' ? 504 : 502, { code, message });
