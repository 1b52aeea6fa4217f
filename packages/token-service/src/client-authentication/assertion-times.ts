import { addMs, days, minutes, msBetween } from '@holdfast/kernel';
import type { ClientAssertion } from '../dialect/client-assertion.ts';
import { oauthError } from '../oauth-error.ts';

/** Either clock may be ahead by this. */
export const clockAllowanceMs = minutes(5);
const longestLifetimeMs = days(1);

/** Throws `assertionOutOfTime`. */
export const checkTimes = (assertion: ClientAssertion, now: Date): void => {
  const { from, until } = timesOf(assertion, now);
  if (now < addMs(until, clockAllowanceMs) && addMs(from, -clockAllowanceMs) <= now) return;
  throw oauthError('assertionOutOfTime', {
    now: now.toISOString(),
    from: from.toISOString(),
    until: until.toISOString(),
  });
};

/** What is good for longer than a day is a password, and found in logs and backups like one. */
export const livesTooLong = (assertion: ClientAssertion, now: Date): boolean => {
  const { from, until } = timesOf(assertion, now);
  return msBetween(from, until) > longestLifetimeMs;
};

const timesOf = ({ notBefore, issuedAt, expiresAt }: ClientAssertion, now: Date) => ({
  from: at(notBefore ?? issuedAt ?? now.getTime() / 1000),
  until: at(expiresAt),
});

const at = (epochSeconds: number): Date => new Date(epochSeconds * 1000);
