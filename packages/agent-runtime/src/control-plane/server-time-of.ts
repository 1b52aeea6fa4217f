import type { Incoming } from './transport.ts';

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/**
 * The control plane's time as an answer tells it; null when it does not. A refusal for clock skew ends with it;
 * otherwise it is the Date header (RFC 9110 section 6.6.1), which names the second that has
 * begun: its middle is taken.
 */
export const serverTimeOf = (answer: Incoming): Date | null => {
  const skewed = answer.status === 401 && answer.text.includes('"MachineClockSkew"');
  const told = skewed ? answer.text.match(instant)?.at(-1) : undefined;
  const at = told === undefined ? Date.parse(answer.headers.date ?? '') + 500 : Date.parse(told);
  return Number.isNaN(at) ? null : new Date(at);
};
