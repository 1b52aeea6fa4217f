import { minutes, seconds } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { behaviourOf, type ControlPlaneFailure, retryDelayMs } from './index.ts';

const refused = (status: number, code = 'Any', retryAfterSeconds: number | null = null): ControlPlaneFailure => ({
  kind: 'refused',
  status,
  code,
  message: '',
  retryAfterSeconds,
});
const unreachable: ControlPlaneFailure = { kind: 'unreachable', code: 'ECONNREFUSED', message: '' };

describe('what the agent does after a failure', () => {
  test.each([
    ['no connection', unreachable, { do: 'retry' }],
    ['an internal error', refused(500), { do: 'retry' }],
    ['a bad gateway', refused(502), { do: 'retry' }],
    ['a moved region', refused(421), { do: 'retry' }],
    ['overload with a time', refused(429, 'TooManyRequests', 17), { do: 'wait', seconds: 17 }],
    ['a missing database with a time', refused(503, 'ServiceUnavailable', 3), { do: 'wait', seconds: 3 }],
    ['overload without a time', refused(429), { do: 'retry' }],
    ['a deleted machine', refused(401, 'MachineUnknown'), { do: 'retry-slowly' }],
    ['an expired machine', refused(401, 'MachineExpired'), { do: 'retry-slowly' }],
    ['an unknown protocol', refused(400, 'AgentProtocolUnsupported'), { do: 'retry-slowly' }],
    ['a skewed clock', refused(401, 'MachineClockSkew'), { do: 'correct-clock' }],
  ] as const)('%s', (_, failure, behaviour) => {
    expect(behaviourOf(failure)).toEqual(behaviour);
  });
});

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 10_000 });

describe('how long it waits', () => {
  test('soon means 5 s, doubling to 5 minutes, at least half of it', () => {
    const longest = (row: number) => retryDelayMs({ do: 'retry' }, { failures: row, chance: 1 });
    expect([1, 2, 3, 7, 50].map(longest)).toEqual([5, 10, 20, 300, 300].map(seconds));
    expect(retryDelayMs({ do: 'retry' }, { failures: 3, chance: 0 })).toBe(seconds(10));
  });

  test('whatever failed and however often, the agent neither hammers nor gives up', () => {
    const behaviour = fc.oneof(
      fc.constantFrom({ do: 'retry' }, { do: 'retry-slowly' }, { do: 'correct-clock' }),
      fc.double().map((wanted) => ({ do: 'wait', seconds: Number.isNaN(wanted) ? 0 : wanted })),
    );
    fc.assert(
      fc.property(behaviour, failures, chance, (asked, row, at) => {
        const ms = retryDelayMs(asked as Parameters<typeof retryDelayMs>[0], { failures: row, chance: at });
        expect(ms).toBeGreaterThanOrEqual(seconds(1));
        expect(ms).toBeLessThanOrEqual(minutes(75));
      }),
    );
  });

  test("the control plane's time is a lower bound", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), chance, (named, at) => {
        const ms = retryDelayMs({ do: 'wait', seconds: named }, { failures: 1, chance: at });
        expect(ms).toBeGreaterThanOrEqual(seconds(named));
        expect(ms).toBeLessThanOrEqual(Math.max(seconds(named * 1.25), seconds(named + 1)));
      }),
    );
  });
});
