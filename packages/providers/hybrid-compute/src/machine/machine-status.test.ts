import { addMs, days, minutes } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Liveness } from './machine.ts';
import { identityExpiry, statusOf } from './machine-status.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const ago = (ms: number) => addMs(now, -ms);
const policy = { disconnectedAfter: minutes(15), servingSince: ago(days(30)) };
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
  const lastBeat = ago(minutes(40));
  const statusWhenBackFor = (ms: number, liveness: Partial<Liveness> = {}) =>
    statusOf(
      { ...silent, ...beating, lastHeartbeatAt: lastBeat, ...liveness },
      { ...policy, servingSince: ago(ms) },
      now,
    );

  test('silence counts from when we serve again', () => {
    expect(statusWhenBackFor(0).status).toBe('Connected');
    expect(statusWhenBackFor(minutes(15)).status).toBe('Connected');
    expect(statusWhenBackFor(minutes(16))).toEqual({ status: 'Disconnected', changedAt: ago(minutes(1)) });
  });

  test.each([
    [minutes(1), 'Connected'],
    [days(1) - 1, 'Disconnected'],
    [days(1), 'Expired'],
  ])('a certificate that ended while we were away has a day to be renewed: after %i ms it is %s', (ms, status) => {
    expect(statusWhenBackFor(ms, { certificateNotAfter: ago(days(3)) }).status).toBe(status);
  });

  test('and a certificate with more than that left keeps its own end', () => {
    expect(identityExpiry(addMs(now, days(2)), now)).toEqual(addMs(now, days(2)));
    expect(identityExpiry(addMs(now, 1), now)).toEqual(addMs(now, days(1)));
  });
});
