import type { Random } from '@holdfast/kernel';

/** Lower-case letters and digits without those that look alike (0 o, 1 i l). */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Bytes from here on would make the first characters likelier than the others. */
const evenBytes = 256 - (256 % alphabet.length);
const groups = 4;
const groupLength = 5;

/** A password to hand to a person, such as `k7m2q-…`: 20 characters of 31, 99 bits. */
export const newPassword = (random: Random): string =>
  Array.from({ length: groups }, () => Array.from({ length: groupLength }, () => pick(random)).join('')).join('-');

const pick = (random: Random): string => {
  for (;;) {
    const [byte = evenBytes] = random.bytes(1);
    if (byte < evenBytes) return alphabet.charAt(byte % alphabet.length);
  }
};
