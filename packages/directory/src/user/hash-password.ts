import type { Random } from '@holdfast/kernel';
import { hash, parseOptions, verify } from '@node-rs/argon2';

/** OWASP's first recommendation for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * One form for what keyboards spell in several ways (NIST SP 800-63B section 3.1.1.2): an accent as a letter of its own or
 * beside one, full and half width.
 */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/** A PHC string. Takes tens of milliseconds in the thread pool, on purpose. */
export const hashPassword = (password: string, random: Random): Promise<string> =>
  hash(normalisePassword(password), { ...cost, salt: random.bytes(16) });

/** `phc` is what `hashPassword` made, at whatever cost it was made then. */
export const verifyPassword = (phc: string, password: string): Promise<boolean> =>
  verify(phc, normalisePassword(password));

/** Of no password: sixteen and thirty-two zero bytes. */
const decoy = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Takes as long as `verifyPassword`, for somebody who has no password or does not exist: time must not tell who does. */
export const verifyDecoy = async (password: string): Promise<false> => {
  await verifyPassword(decoy, password);
  return false;
};

/** Whether a hash was made at another cost than today's, so that the next correct password should be hashed anew. */
export const needsRehash = (phc: string): boolean => {
  const made = parseOptions(phc);
  return (['memoryCost', 'timeCost', 'parallelism'] as const).some((part) => made[part] !== cost[part]);
};
