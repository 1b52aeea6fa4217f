import type { Random } from '@holdfast/kernel';
import { hash } from '@node-rs/argon2';

/** OWASP's first recommendation for argon2id (the library's default algorithm): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** A PHC string. Takes tens of milliseconds in the thread pool, on purpose. */
export const hashPassword = (password: string, random: Random): Promise<string> =>
  hash(password, { ...cost, salt: random.bytes(16) });
