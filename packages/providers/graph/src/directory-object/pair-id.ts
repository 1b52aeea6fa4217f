import { parseUuid, type Uuid } from '@holdfast/kernel';

/** An id for what links two objects and has none of its own: both ids in one, as Entra writes them. */
export const pairId = (first: string, second: string): string =>
  Buffer.from((first + second).replaceAll('-', ''), 'hex').toString('base64url');

/** Undefined for what {@link pairId} did not make. */
export const parsePairId = (id: string): readonly [Uuid, Uuid] | undefined => {
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const [first, second] = [uuidOf(hex.slice(0, 32)), uuidOf(hex.slice(32))];
  return first !== undefined && second !== undefined && pairId(first, second) === id ? [first, second] : undefined;
};

const uuidOf = (hex: string): Uuid | undefined => {
  const id = parseUuid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  return id.ok ? id.value : undefined;
};
