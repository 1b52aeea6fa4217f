import { addMs, msBetween } from '@holdfast/kernel';

/** One look at the control plane's clock. */
export interface ClockReading {
  readonly serverTime: Date;
  readonly sentAt: Date;
  readonly receivedAt: Date;
}

/** Milliseconds to add to this machine's time for the control plane's, which is taken as read halfway through the exchange. */
export const clockOffsetMs = ({ serverTime, sentAt, receivedAt }: ClockReading): number =>
  msBetween(addMs(sentAt, msBetween(sentAt, receivedAt) / 2), serverTime);

/** How many seconds this machine's clock is ahead; negative when it is behind. */
export const skewSeconds = (offsetMs: number): number => -Math.round(offsetMs / 1000) || 0;
