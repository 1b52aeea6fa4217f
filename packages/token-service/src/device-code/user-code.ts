import type { Random } from '@holdfast/kernel';

/** Consonants only: nothing to confuse, and no words (RFC 8628 section 6.1). Nine of them are 2^38 codes. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ';
const length = 9;

export const newUserCode = (random: Random): string => {
  let code = '';
  while (code.length < length) {
    const [byte = 0] = random.bytes(1);
    // The largest multiple of the alphabet's size in a byte: no letter is likelier than another.
    if (byte < 240) code += alphabet[byte % alphabet.length];
  }
  return code;
};

/** As people type it: in small letters, with blanks or dashes. Undefined for what no code looks like. */
export const parseUserCode = (typed: string): string | undefined => {
  const code = typed.replace(/[\s\u2010-\u2015-]/g, '').toUpperCase();
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined;
};
