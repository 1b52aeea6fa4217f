import type { ControlPlaneFailure } from './control-plane-failure.ts';

/** What the agent does after a failure. Nothing here ends the agent or destroys its state. */
export type Behaviour =
  /** Try again soon, backing off to minutes. */
  | { readonly do: 'retry' }
  /** Try again when the control plane said. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** Somebody has to act first: keep the state, look again now and then. */
  | { readonly do: 'retry-slowly' }
  /** Sign again with the control plane's time. */
  | { readonly do: 'correct-clock' };

const overloaded = new Set([429, 503]);
/** Passing conditions of the control plane or of a proxy on the way (RFC 9110 section 15). */
const passing = new Set([408, 421, 425]);

export const behaviourOf = (failure: ControlPlaneFailure): Behaviour => {
  if (failure.kind === 'unreachable') return { do: 'retry' };
  if (failure.code === 'MachineClockSkew') return { do: 'correct-clock' };
  if (overloaded.has(failure.status) && failure.retryAfterSeconds !== null)
    return { do: 'wait', seconds: failure.retryAfterSeconds };
  if (failure.status >= 500 || overloaded.has(failure.status) || passing.has(failure.status)) return { do: 'retry' };
  return { do: 'retry-slowly' };
};
