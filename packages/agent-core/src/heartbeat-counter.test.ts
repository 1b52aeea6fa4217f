import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acknowledged, type HeartbeatCounter, noHeartbeats, withNextBeat } from './index.ts';

describe('the rolling counter', () => {
  test('a pending beat is repeated unchanged, an acknowledged one is followed by the next', () => {
    const first = withNextBeat(noHeartbeats, 'a');
    expect(first.pending).toEqual({ counter: 1, beatId: 'a' });
    expect(withNextBeat(first, 'b')).toEqual(first);
    expect(withNextBeat(acknowledged(first, 1), 'b').pending).toEqual({ counter: 2, beatId: 'b' });
  });

  test('a control plane that is ahead, because of another copy, is caught up with', () => {
    const held = withNextBeat({ counter: 4, pending: null }, 'a');
    expect(acknowledged(held, 9)).toEqual({ counter: 9, pending: null });
    expect(acknowledged(held, 2)).toEqual({ counter: 5, pending: null });
  });

  // A control plane that suspects a copy when a used value comes with another name must never suspect one agent alone.
  test('one agent never uses a value for two beats, whatever is lost and whenever it crashes', () => {
    const event = fc.constantFrom('beat', 'answer lost', 'crash before sending');
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let stored: HeartbeatCounter = noHeartbeats;
        let server = 0;
        const names = new Map<number, string>();
        events.forEach((happened, at) => {
          const begun = withNextBeat(stored, `beat-${at}`);
          stored = begun;
          if (happened === 'crash before sending') return;
          const { counter, beatId } = begun.pending;
          expect(names.get(counter) ?? beatId).toBe(beatId);
          names.set(counter, beatId);
          server = Math.max(server, counter);
          if (happened === 'beat') stored = acknowledged(stored, server);
        });
      }),
    );
  });
});
