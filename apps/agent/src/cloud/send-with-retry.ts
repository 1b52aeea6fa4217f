import { addMs, type Clock, minutes, seconds } from '@holdfast/kernel';
import type { HttpAnswer, HttpCall, HttpClient } from './http.ts';
import { codeOf, isCertificateFailure } from './network-failure.ts';

export interface RetryPolicy {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** After this much time no further attempt begins, in milliseconds. */
  readonly budgetMs: number;
  onRetry(reason: string, waitMs: number): void;
}

const longestWaitMs = minutes(1);

/**
 * Sends until there is an answer that another attempt would not change: silence, 429 and 5xx are tried again with
 * growing waits or those that Retry-After asks for. `call` makes each attempt's request anew.
 * @throws what the last attempt threw
 */
export const sendWithRetry = async (
  http: HttpClient,
  call: () => HttpCall,
  policy: RetryPolicy,
): Promise<HttpAnswer> => {
  const { clock, signal } = policy;
  const end = addMs(clock.now(), policy.budgetMs);
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptOf(http, call());
    const waitMs = waitOf(outcome, attempt);
    const isLast = signal.aborted || waitMs === undefined || addMs(clock.now(), waitMs) > end;
    if (isLast) {
      if ('answer' in outcome) return outcome.answer;
      throw outcome.error;
    }
    policy.onRetry('answer' in outcome ? `HTTP ${outcome.answer.status}` : codeOf(outcome.error), waitMs);
    await clock.sleep(waitMs, signal);
  }
};

type Outcome = { readonly answer: HttpAnswer } | { readonly error: unknown };

const attemptOf = (http: HttpClient, call: HttpCall): Promise<Outcome> =>
  http.send(call).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );

/** How long to wait before the next attempt; undefined when there is no use in one. */
const waitOf = (outcome: Outcome, attempt: number): number | undefined => {
  const growing = Math.min(seconds(30), seconds(2 ** attempt));
  if ('error' in outcome) return isCertificateFailure(outcome.error) ? undefined : growing;
  const { status, headers } = outcome.answer;
  if (status !== 429 && status < 500) return undefined;
  const asked = Number(headers['retry-after']);
  return Number.isFinite(asked) && asked > 0 ? Math.min(longestWaitMs, seconds(asked)) : growing;
};
