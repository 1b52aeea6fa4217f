import { minutes, msBetween } from '@holdfast/kernel';

export interface HeartbeatRecord {
  /** The last accepted one; null when there was none since connect. */
  readonly lastAccepted: Date | null;
  /** What the control plane asked for, in milliseconds. */
  readonly intervalMs: number;
  /** Whether the control plane's last word was that the identity certificate has run out. */
  readonly expired: boolean;
}

const silenceMs = minutes(15);

/**
 * What a machine with an identity says of itself. A certificate that ran out by our own clock is no reason for
 * `Expired`: after an outage of the control plane only its word counts.
 */
export const connectionHealth = (record: HeartbeatRecord, now: Date): 'Connected' | 'Disconnected' | 'Expired' => {
  if (record.expired) return 'Expired';
  if (record.lastAccepted === null) return 'Disconnected';
  const allowed = Math.max(silenceMs, 2 * record.intervalMs);
  return msBetween(record.lastAccepted, now) > allowed ? 'Disconnected' : 'Connected';
};
