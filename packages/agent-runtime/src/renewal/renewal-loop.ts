import { behaviourOf, fraction, renewalTime, retryDelayMs } from '@holdfast/agent-core';
import { minutes, msBetween, seconds } from '@holdfast/kernel';
import { parseIdentityCertificate } from '../identity/identity-certificate.ts';
import type { SessionParts } from '../session/session-parts.ts';

/** A timer is never longer than this: they end at 24 days, and the clock may be set in between. */
const longestSleepMs = minutes(12 * 60);
/** The pause after a renewal, should the new certificate be past its half already. */
const pauseMs = seconds(5);

/** Keeps the identity certificate young until `signal` aborts. The old one stays until the new one is stored. */
export const runRenewals = async (parts: SessionParts, signal: AbortSignal): Promise<void> => {
  const chance = fraction(parts.random);
  let failures = 0;
  while (!signal.aborted) {
    const waitMs = untilRenewalMs(parts, chance);
    if (waitMs > 0) {
      await parts.clock.sleep(Math.min(waitMs, longestSleepMs), signal);
      continue;
    }
    const retryMs = await renew(parts, signal, failures + 1);
    failures = retryMs === null ? 0 : failures + 1;
    await parts.clock.sleep(retryMs ?? pauseMs, signal);
  }
};

/** A machine without a readable certificate fetches one at once. */
const untilRenewalMs = ({ memory, serverClock }: SessionParts, chance: number): number =>
  memory.certificate === null ? 0 : msBetween(serverClock.now(), renewalTime(memory.certificate, chance));

/** Milliseconds until the next try; null after success. */
const renew = async (parts: SessionParts, signal: AbortSignal, failures: number): Promise<number | null> => {
  const { memory, store, log, key } = parts;
  const chance = fraction(parts.random);
  const reply = await parts.controlPlane.issueCertificate();
  if (signal.aborted) return null;
  if (!reply.ok) {
    if (reply.error.code === 'MachineExpired') memory.expired = true;
    memory.failures.report('certificate', reply.error);
    log.warning('the identity certificate was not renewed', { code: reply.error.code, error: reply.error.message });
    return retryDelayMs(behaviourOf(reply.error), { failures, chance });
  }
  try {
    const certificate = parseIdentityCertificate(reply.value.certificatePem, key);
    store.saveCertificate(certificate);
    memory.certificate = certificate;
  } catch (error) {
    const message = `the renewed certificate could not be stored: ${String(error)}`;
    memory.failures.report('certificate', { code: 'CertificateUnusable', message });
    log.error(message);
    return retryDelayMs({ do: 'retry' }, { failures, chance });
  }
  memory.failures.clear('certificate');
  log.info('the identity certificate was renewed', { notAfter: memory.certificate.notAfter.toISOString() });
  return null;
};
