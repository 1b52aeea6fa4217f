import type { Brand } from './brand.ts';
import type { Random } from './random.ts';
import { err, ok, type Result } from './result.ts';

/** A UUID in the lower-case 8-4-4-4-12 form (RFC 9562 section 4). */
export type Uuid = Brand<string, 'Uuid'>;

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const parseUuid = (raw: unknown): Result<Uuid, string> => {
  const lower = typeof raw === 'string' ? raw.toLowerCase() : '';
  return pattern.test(lower) ? ok(lower as Uuid) : err(`'${String(raw)}' is not a UUID`);
};

export const isUuid = (raw: unknown): raw is Uuid => parseUuid(raw).ok;

/** A version 4 UUID (RFC 9562 section 5.4). */
export const newUuid = (random: Random): Uuid => {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (let at = 0; at < 16; at += 1) {
    if (at === 4 || at === 6 || at === 8 || at === 10) text += '-';
    text += hex[bytes[at] ?? 0];
  }
  return text as Uuid;
};

/** Every byte as two digits: requests and tokens get several ids each. */
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
