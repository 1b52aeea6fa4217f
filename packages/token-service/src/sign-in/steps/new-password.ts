import { checkPassword } from '@holdfast/directory';
import { isNext } from '../decide-next.ts';
import { learn } from '../learn.ts';
import type { StepHandler } from './step.ts';

/** A password of the person's own in place of one that an administrator gave. */
export const newPassword: StepHandler = async ({ interaction, fields, browser }, services) => {
  const { facts } = await learn(interaction, browser, services);
  const { person } = facts;
  if (person === undefined || !isNext('newPassword', facts)) return { interaction };
  const { user, proof } = person;
  const [wanted, repeated] = [fields.get('new_password') ?? '', fields.get('repeat') ?? ''];
  if (wanted !== repeated) return { interaction, left: { error: 'The two passwords differ.' } };
  if (await services.passwords.verify(user.passwordHash, wanted, 'known'))
    return { interaction, left: { error: 'Choose another password than the one you have now.' } };
  const { userPrincipalName, displayName } = user;
  const checked = await checkPassword(wanted, { userPrincipalName, displayName });
  if (!checked.ok) return { interaction, left: { error: checked.error } };
  const now = services.clock.now();
  const passwordHash = await services.passwords.hash(wanted);
  const changes = { passwordHash, mustChangePassword: false, passwordChangedAt: now, tokensValidFrom: now };
  await services.changeUser(user, (present) => ({ ...present, ...changes }));
  // This sign-in began with the old password and goes on with the new one.
  return { interaction: { ...interaction, person: { ...proof, at: now.getTime() } } };
};
