import { err, ok, type Result } from '@holdfast/kernel';
import { estimateStrength } from './estimate-strength.ts';
import { normalisePassword } from './hash-password.ts';
import type { User } from './user.ts';

const fewest = 12;
const most = 128;
/** zxcvbn's scale ends at 4; 3 is 10^8 guesses and more. */
const enough = 3;
/** Words of this length and more that stand in a name are looked for in the password. */
const shortestName = 3;
const mostNames = 20;

/**
 * Whether somebody may choose this password (NIST SP 800-63B section 3.1.1.2): any characters, no rules of composition,
 * but neither short nor common nor the person's own name. The reason is for people.
 */
export const checkPassword = async (
  password: string,
  about: Pick<User, 'userPrincipalName' | 'displayName'>,
): Promise<Result<true, string>> => {
  const characters = [...normalisePassword(password)];
  if (characters.length < fewest) return err(`A password needs at least ${fewest} characters. Several words are good.`);
  if (characters.length > most) return err(`A password can have at most ${most} characters.`);
  const { score, weakness } = await estimateStrength(characters, namesOf(about));
  return score >= enough ? ok(true) : err(reasons[weakness]);
};

const reasons = {
  name: 'This password is too close to your name or the name of this place. Choose words that nobody links with you.',
  repeated: 'This password repeats itself. Choose different words instead.',
  row: 'This password is a row of keys or characters. Choose several words instead.',
  common: 'This password is one that guessers try first. Choose several words that do not belong together.',
} as const;

const namesOf = ({ userPrincipalName, displayName }: Pick<User, 'userPrincipalName' | 'displayName'>): string[] => {
  const whole = [userPrincipalName, displayName, ...userPrincipalName.split('@')];
  const words = `${userPrincipalName} ${displayName}`.split(/[^\p{L}\p{N}]+/u);
  const names = ['holdfast', ...whole, ...words].map((name) => normalisePassword(name).toLowerCase());
  return [...new Set(names)].filter((name) => name.length >= shortestName).slice(0, mostNames);
};
