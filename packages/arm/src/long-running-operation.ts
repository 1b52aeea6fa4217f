import type { Uuid } from '@holdfast/kernel';

/** The only status words every client understands (a further one stops Terraform). */
export type OperationState = 'InProgress' | 'Succeeded' | 'Failed' | 'Canceled';

/** A long-running operation. It ends by itself, never because somebody polls it. */
export interface LongRunningOperation {
  readonly id: Uuid;
  readonly state: OperationState;
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  /** What the synchronous call would have answered. */
  readonly result: { readonly status: number; readonly body?: unknown } | undefined;
  readonly error: { readonly code: string; readonly message: string } | undefined;
}
