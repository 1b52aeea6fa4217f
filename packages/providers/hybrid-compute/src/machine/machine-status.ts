import { addMs, days, latest, msBetween } from '@holdfast/kernel';
import type { Liveness } from './machine.ts';

export type MachineStatus = 'AwaitingConnection' | 'Connected' | 'Disconnected' | 'Expired';

export interface StatusPolicy {
  /** Milliseconds without a heartbeat after which a machine counts as disconnected. */
  readonly disconnectedAfter: number;
  /** Since when we have been serving without a break. Time we were away counts against no machine. */
  readonly servingSince: Date;
}

export interface StatusReport {
  readonly status: MachineStatus;
  readonly changedAt: Date | undefined;
}

/** A machine's state is a matter of time alone, so it is computed when asked and never stored. */
export const statusOf = (liveness: Liveness, policy: StatusPolicy, now: Date): StatusReport => {
  const { lastHeartbeatAt, connectedSince, certificateNotAfter } = liveness;
  const expiry = certificateNotAfter && identityExpiry(certificateNotAfter, policy.servingSince);
  if (expiry !== undefined && expiry <= now) return { status: 'Expired', changedAt: expiry };
  if (lastHeartbeatAt === undefined) return { status: 'AwaitingConnection', changedAt: undefined };
  const silentFrom = latest(lastHeartbeatAt, policy.servingSince);
  if (msBetween(silentFrom, now) <= policy.disconnectedAfter) return { status: 'Connected', changedAt: connectedSince };
  return { status: 'Disconnected', changedAt: addMs(silentFrom, policy.disconnectedAfter) };
};

/** After an outage of ours every machine has a full day to renew, however little its certificate had left. */
export const identityExpiry = (certificateNotAfter: Date, servingSince: Date): Date =>
  latest(certificateNotAfter, addMs(servingSince, days(1)));
