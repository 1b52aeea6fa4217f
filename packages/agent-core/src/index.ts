// agent-core: what the agent decides, without files, sockets or timers. Pure; only agent packages import it.

export { type Behaviour, behaviourOf } from './behaviour-of.ts';
export { renewalTime, type Validity } from './certificate-renewal.ts';
export { fraction } from './chance.ts';
export { type ClockReading, clockOffsetMs, skewSeconds } from './clock-offset.ts';
export { connectionHealth, type HeartbeatRecord } from './connection-health.ts';
export type { ControlPlaneFailure } from './control-plane-failure.ts';
export {
  acknowledged,
  type HeartbeatCounter,
  noHeartbeats,
  type PendingBeat,
  withNextBeat,
} from './heartbeat-counter.ts';
export { defaultIntervalMs, intervalMs, untilNextBeatMs } from './heartbeat-interval.ts';
export { type RetryContext, retryDelayMs } from './retry-delay.ts';
export { sortedKeys } from './sorted-json.ts';
export { isFresh, isUsable, resourceKey, type TokenLifetime } from './token-freshness.ts';
