import { createHash } from 'node:crypto';
import { base64url, type Random } from '@holdfast/kernel';

/** 256 bits as text; what is kept of it is its SHA-256. */
export const randomSecret = (random: Random): string => base64url(random.bytes(32));

export const sha256 = (text: string): Uint8Array => Uint8Array.from(createHash('sha256').update(text, 'utf8').digest());
