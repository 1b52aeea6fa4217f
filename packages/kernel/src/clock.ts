/** The only source of time. Everything that reads or waits takes one of these. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts; it never rejects. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>;
}

/** The part of a platform's `AbortSignal` that waiting needs. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Durations in milliseconds. */
export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;
export const days = (n: number): number => n * 86_400_000;

export const addMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export const msBetween = (earlier: Date, later: Date): number => later.getTime() - earlier.getTime();
export const latest = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b);
