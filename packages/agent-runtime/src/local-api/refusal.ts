import type { LocalApiFailure } from './messages.ts';

/** A refusal of the local interface, with its HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  readonly failure: LocalApiFailure;

  constructor(status: number, failure: LocalApiFailure) {
    super(failure.message);
    this.name = 'Refusal';
    this.status = status;
    this.failure = failure;
  }
}
