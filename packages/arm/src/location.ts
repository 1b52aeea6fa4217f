import type { Brand } from '@holdfast/kernel';

/** A place's name, normalised as ARM compares it: lower case without spaces. */
export type Location = Brand<string, 'Location'>;

export const locationOf = (raw: string): Location => raw.toLowerCase().replaceAll(' ', '') as Location;
