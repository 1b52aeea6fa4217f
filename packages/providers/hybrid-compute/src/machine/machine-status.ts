import { addMs, days, latest, msBetween } from '@holdfast/kernel';
import type { Liveness } from './machine.ts';

export type MachineStatus = 'AwaitingConnection' | 'Connected' | 'Disconnected' | 'Expired';

/** Our present time of service and the outage before it, which counts against no machine. */
export interface ServicePeriod {
  readonly servingSince: Date;
  /** When the outage began that ended at `servingSince`; undefined when there was none. */
  readonly interruptedAt: Date | undefined;
}

export interface StatusPolicy extends ServicePeriod {
  /** Milliseconds without a heartbeat after which a machine counts as disconnected. */
  readonly disconnectedAfter: number;
}

export interface StatusReport {
  readonly status: MachineStatus;
  readonly changedAt: Date | undefined;
}

/** A machine's state is a matter of time alone, so it is computed when asked and never stored. */
export const statusOf = (liveness: Liveness, policy: StatusPolicy, now: Date): StatusReport => {
  const { lastHeartbeatAt, connectedSince, certificateNotAfter } = liveness;
  const expiry = certificateNotAfter && identityExpiry(certificateNotAfter, policy);
  if (expiry !== undefined && expiry <= now) return { status: 'Expired', changedAt: expiry };
  if (lastHeartbeatAt === undefined) return { status: 'AwaitingConnection', changedAt: undefined };
  const disconnectedAt = endOfPatience(lastHeartbeatAt, policy);
  return disconnectedAt < now
    ? { status: 'Disconnected', changedAt: disconnectedAt }
    : { status: 'Connected', changedAt: connectedSince };
};

/** When a machine that was heard last at `heardAt` counts as disconnected: our clock stands still during our outage. */
const endOfPatience = (heardAt: Date, { disconnectedAfter, servingSince, interruptedAt }: StatusPolicy): Date => {
  const end = addMs(heardAt, disconnectedAfter);
  if (interruptedAt === undefined || end <= interruptedAt || heardAt >= servingSince) return end;
  return addMs(end, msBetween(latest(heardAt, interruptedAt), servingSince));
};

/** A certificate that was good when our outage began can be renewed for a full day after it, however little it had left. */
export const identityExpiry = (certificateNotAfter: Date, { servingSince, interruptedAt }: ServicePeriod): Date =>
  interruptedAt !== undefined && interruptedAt < certificateNotAfter
    ? latest(certificateNotAfter, addMs(servingSince, days(1)))
    : certificateNotAfter;
