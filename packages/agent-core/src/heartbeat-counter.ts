/** The beat on its way: its repetition after a lost answer or a crash carries the same two values. */
export interface PendingBeat {
  readonly counter: number;
  readonly beatId: string;
}

/**
 * The rolling counter that tells copies of a machine apart: two copies sooner or later use one value for two beats.
 * It is stored before a beat is sent, so that a crash cannot make one copy look like two.
 */
export interface HeartbeatCounter {
  /** The last acknowledged; 0 before the first. */
  readonly counter: number;
  readonly pending: PendingBeat | null;
}

export const noHeartbeats: HeartbeatCounter = { counter: 0, pending: null };

/** The counter with a beat to send: the pending one unchanged, otherwise a new one named `beatId`. */
export const withNextBeat = (held: HeartbeatCounter, beatId: string): HeartbeatCounter & { pending: PendingBeat } => ({
  counter: held.counter,
  pending: held.pending ?? { counter: held.counter + 1, beatId },
});

/** After the control plane's answer, which names the counter it holds; another copy may have driven it ahead. */
export const acknowledged = (held: HeartbeatCounter, serverCounter: number): HeartbeatCounter => ({
  counter: Math.max(held.pending?.counter ?? held.counter, serverCounter),
  pending: null,
});
