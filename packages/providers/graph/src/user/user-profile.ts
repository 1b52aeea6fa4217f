import type { UserPatch } from '@holdfast/contracts';
import type { UserProfile } from '@holdfast/directory';

const names = [
  'mailNickname',
  'givenName',
  'surname',
  'mail',
  'jobTitle',
  'department',
  'officeLocation',
  'mobilePhone',
  'preferredLanguage',
] as const satisfies readonly (keyof UserProfile & keyof UserPatch)[];

/** A profile after a change: what is absent stays, null takes away. */
export const patchProfile = (profile: UserProfile, body: Pick<UserPatch, (typeof names)[number]>): UserProfile => {
  const values = names.map((name) => [name, body[name] === undefined ? profile[name] : body[name]] as const);
  return Object.fromEntries(values.filter(([, value]) => typeof value === 'string'));
};
