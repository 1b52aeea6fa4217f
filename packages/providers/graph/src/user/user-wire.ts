import type { User } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

export const userToWire = ({ profile, ...user }: User): Entity => ({
  id: user.id,
  userPrincipalName: user.userPrincipalName,
  displayName: user.displayName,
  accountEnabled: user.enabled,
  givenName: profile.givenName ?? null,
  surname: profile.surname ?? null,
  mail: profile.mail ?? null,
  mailNickname: profile.mailNickname ?? null,
  jobTitle: profile.jobTitle ?? null,
  department: profile.department ?? null,
  officeLocation: profile.officeLocation ?? null,
  mobilePhone: profile.mobilePhone ?? null,
  businessPhones: [],
  preferredLanguage: profile.preferredLanguage ?? null,
  userType: 'Member',
  createdDateTime: user.createdAt.toISOString(),
  lastPasswordChangeDateTime: user.passwordHash === undefined ? null : user.passwordChangedAt.toISOString(),
  signInSessionsValidFromDateTime: user.tokensValidFrom.toISOString(),
});
