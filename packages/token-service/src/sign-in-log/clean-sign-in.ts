import { isUuid } from '@holdfast/kernel';
import type { NewSignIn } from './new-sign-in.ts';

const longest = { name: 256, userAgent: 256, resource: 512, address: 64, reason: 1024 };

/** The sign-in with every text that others wrote short and on one line. */
export const cleanSignIn = (signIn: NewSignIn): NewSignIn => ({
  ...signIn,
  principal: { ...signIn.principal, name: nameOf(signIn) },
  app: { ...signIn.app, displayName: clean(signIn.app.displayName, longest.name) },
  resource: signIn.resource && clean(signIn.resource, longest.resource),
  address: clean(signIn.address, longest.address),
  userAgent: clean(signIn.userAgent, longest.userAgent),
  outcome: { ...signIn.outcome, reason: clean(signIn.outcome.reason, longest.reason) },
});

/** Without what steers a terminal or turns the direction of text, and without halves of characters. */
const clean = (text: string, length: number): string =>
  text
    .slice(0, length * 2)
    .replace(/\p{C}/gu, '')
    .slice(0, length)
    .replace(/\p{Cs}$/u, '');

/** People type passwords where names belong: where nobody bears the name, only what looks like one is written down. */
const nameOf = ({ principal }: NewSignIn): string => {
  const name = clean(principal.name, longest.name);
  if (principal.kind !== 'unknown' || name === '' || isUuid(name)) return name;
  return /^[^\s@]+@[\p{L}\p{N}.-]+$/u.test(name) ? name : '(not a user name)';
};
