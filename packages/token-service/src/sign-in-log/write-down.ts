import { OAuthError } from '../oauth-error.ts';
import type { NewSignIn } from './new-sign-in.ts';
import type { SignInNote } from './sign-in-note.ts';

/** Where finished sign-ins go; never slows or fails the sign-in. */
export interface SignInLog {
  record(signIn: NewSignIn): void;
}

/** Steps on the way to an answer, which are no sign-ins. */
const onTheWay = new Set(['authorizationPending', 'slowDown']);

/** Makes an entry of what was found out. A request that named no tenant of ours is in nobody's log. */
export const writeDown = (log: SignInLog, note: SignInNote, thrown?: unknown): void => {
  const { tenantId, at: _at, continued, ...found } = note;
  if (tenantId === undefined || (continued && thrown === undefined)) return;
  if (thrown === undefined) {
    log.record({ ...found, tenantId, outcome: { code: 0, reason: '' } });
    return;
  }
  if (!(thrown instanceof OAuthError) || thrown.status >= 500 || onTheWay.has(thrown.entry)) return;
  log.record({ ...found, tenantId, outcome: { code: thrown.number, reason: thrown.message } });
};
