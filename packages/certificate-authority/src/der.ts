/**
 * Writes DER (X.690 section 10) for the one structure we write in numbers, a machine's certificate. Writing only: what
 * is read is read by OpenSSL. Values are the content bytes; every function returns the whole element.
 */
export const element = (tag: number, ...contents: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
};

/** The definite form: short below 128, else the number of length octets and those octets (X.690 section 8.1.3). */
const lengthOf = (length: number): readonly number[] => {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
};

export const sequence = (...items: readonly Uint8Array[]): Buffer => element(0x30, ...items);
export const set = (...items: readonly Uint8Array[]): Buffer => element(0x31, ...items);
export const octetString = (content: Uint8Array): Buffer => element(0x04, content);
export const utf8String = (text: string): Buffer => element(0x0c, Buffer.from(text, 'utf8'));
export const boolean = (value: boolean): Buffer => element(0x01, Buffer.from([value ? 0xff : 0x00]));
/** `bytes` is the two's complement with no octet too many: for a positive number its first bit is clear. */
export const integer = (bytes: Uint8Array): Buffer => element(0x02, bytes);
export const bitString = (bits: Uint8Array, unusedBits = 0): Buffer => element(0x03, Buffer.from([unusedBits]), bits);
/** A constructed element tagged `[number]` by context. */
export const explicit = (number: number, content: Uint8Array): Buffer => element(0xa0 | number, content);
/** A primitive element tagged `[number]` by context in place of its own tag. */
export const implicit = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content);

export const objectIdentifier = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
};

const base128 = (value: number): readonly number[] => {
  const octets = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) octets.unshift((rest & 0x7f) | 0x80);
  return octets;
};

/** UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 section 4.1.2.5); whole seconds. */
export const time = (at: Date): Buffer => {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050 ? element(0x17, Buffer.from(digits.slice(2))) : element(0x18, Buffer.from(digits));
};
