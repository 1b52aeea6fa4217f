import { createHash } from 'node:crypto';
import { armError } from '@holdfast/arm';
import { checkPassword, hashPassword, verifyPassword } from '@holdfast/directory';
import { addMs, type Clock, minutes, type Random } from '@holdfast/kernel';
import type { Passwords } from '@holdfast/provider-graph';
import type { GuessStore } from '@holdfast/token-service';

/** Wrong current passwords that a signed-in person may give in a quarter of an hour. */
const mostWrong = 10;
const window = minutes(15);

/**
 * The rules of passwords for the directory's API. Whoever holds a person's token must not find out the password by trying
 * to change it.
 */
export const createPasswords = (
  guesses: GuessStore,
  { clock, random }: { clock: Clock; random: Random },
): Passwords => ({
  check: checkPassword,
  hash: (password) => hashPassword(password, random),
  verify: async ({ tenantId, id, passwordHash }, password) => {
    const key = createHash('sha256').update(`password change ${tenantId} ${id}`).digest('base64url');
    const now = clock.now();
    const since = addMs(now, -window);
    const [wrong = 0] = await guesses.count([key], since);
    if (wrong >= mostWrong) throw armError('TooManyRequests', {});
    const right = passwordHash !== undefined && (await verifyPassword(passwordHash, password));
    if (!right) await guesses.add([key], { now, since });
    return right;
  },
});
