import { addMs, days, minutes } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Liveness } from './machine.ts';
import { identityExpiry, statusOf } from './machine-status.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const ago = (ms: number) => addMs(now, -ms);
const policy = { disconnectedAfter: minutes(15), servingSince: ago(days(30)), interruptedAt: undefined };
const silent: Liveness = {
  agentVersion: '1.0',
  lastHeartbeatAt: undefined,
  connectedSince: undefined,
  certificateNotAfter: undefined,
  clone: undefined,
};
const beating = {
  lastHeartbeatAt: ago(minutes(1)),
  connectedSince: ago(days(2)),
  certificateNotAfter: addMs(now, days(60)),
};

describe('a machine’s status', () => {
  test.each<[string, Partial<Liveness>, string, Date | undefined]>([
    ['before its first beat', {}, 'AwaitingConnection', undefined],
    ['with a certificate and no beat yet', { certificateNotAfter: addMs(now, 1) }, 'AwaitingConnection', undefined],
    ['while it beats', beating, 'Connected', beating.connectedSince],
    [
      'in the last moment before it counts as silent',
      { ...beating, lastHeartbeatAt: ago(minutes(15)) },
      'Connected',
      beating.connectedSince,
    ],
    ['a moment later', { ...beating, lastHeartbeatAt: ago(minutes(15) + 1) }, 'Disconnected', ago(1)],
    [
      'after a day of silence',
      { ...beating, lastHeartbeatAt: ago(days(1)) },
      'Disconnected',
      ago(days(1) - minutes(15)),
    ],
    ['when its certificate ends', { ...beating, certificateNotAfter: now }, 'Expired', now],
    ['a moment before', { ...beating, certificateNotAfter: addMs(now, 1) }, 'Connected', beating.connectedSince],
    ['ended, though it still beats', { ...beating, certificateNotAfter: ago(1) }, 'Expired', ago(1)],
    ['ended without ever having beaten', { certificateNotAfter: ago(1) }, 'Expired', ago(1)],
    [
      'when its clock or ours jumped',
      { ...beating, lastHeartbeatAt: addMs(now, 5) },
      'Connected',
      beating.connectedSince,
    ],
  ])('%s', (_, liveness, status, changedAt) => {
    expect(statusOf({ ...silent, ...liveness }, policy, now)).toEqual({ status, changedAt });
  });
});

describe('an outage of ours counts against no machine', () => {
  /** We went away 40 minutes ago, and are back for `back` milliseconds. */
  const statusWhenBackFor = (back: number, liveness: Partial<Liveness>) =>
    statusOf(
      { ...silent, ...beating, ...liveness },
      { ...policy, interruptedAt: ago(minutes(40)), servingSince: ago(back) },
      now,
    );

  test.each([
    ['heard as we went away', minutes(40), 0, 'Connected'],
    ['heard as we went away, and patience is at its end', minutes(40), minutes(15), 'Connected'],
    ['heard as we went away, and patience has ended', minutes(40), minutes(15) + 1, 'Disconnected'],
    ['silent for ten minutes before', minutes(50), minutes(5), 'Connected'],
    ['silent for ten minutes before, and for six since', minutes(50), minutes(6), 'Disconnected'],
    ['disconnected long before', days(3), 0, 'Disconnected'],
    ['heard since', minutes(1), minutes(20), 'Connected'],
  ])('%s', (_, lastHeard, back, status) => {
    expect(statusWhenBackFor(back, { lastHeartbeatAt: ago(lastHeard) }).status).toBe(status);
  });

  test('the change is dated by our time of service', () => {
    const report = statusWhenBackFor(minutes(16), { lastHeartbeatAt: ago(minutes(40)) });
    expect(report).toEqual({ status: 'Disconnected', changedAt: ago(minutes(1)) });
  });

  test.each([
    ['ended while we were away', minutes(30), 0, 'Connected'],
    ['ended before we went away', minutes(41), 0, 'Expired'],
  ])('a certificate that %s', (_, ended, back, status) => {
    const liveness = { certificateNotAfter: ago(ended), lastHeartbeatAt: ago(minutes(40)) };
    expect(statusWhenBackFor(back, liveness).status).toBe(status);
  });

  test('a certificate that ended while we were away can be renewed for a day', () => {
    const period = { interruptedAt: ago(days(5)), servingSince: ago(days(1)) };
    expect(identityExpiry(ago(days(3)), period)).toEqual(now);
    expect(identityExpiry(addMs(now, days(2)), period)).toEqual(addMs(now, days(2)));
    expect(identityExpiry(ago(days(3)), { ...period, interruptedAt: undefined })).toEqual(ago(days(3)));
  });
});
