import { armError } from '@holdfast/arm';
import { done } from '../answers/entity-answer.ts';
import type { GraphHandler } from '../graph-handler.ts';
import type { GraphDependencies } from '../stores.ts';
import { requireUser } from '../user/require-user.ts';
import { setPassword } from '../user/set-password.ts';

/** A person's own change of password. Everything that is signed in has to sign in again, this program included. */
export const changeMyPassword =
  (dependencies: GraphDependencies): GraphHandler<'Me_ChangePassword'> =>
  async ({ context, body: { currentPassword, newPassword } }) => {
    const { tenantId, objectId } = context.caller;
    const user = await requireUser(dependencies, { tenantId, key: objectId, lock: true });
    if (!(await dependencies.passwords.verify(user, currentPassword)))
      throw armError('DirectoryBadRequest', {
        detail: 'The specified password does not match the current password of the user.',
      });
    if (newPassword === currentPassword)
      throw armError('DirectoryBadRequest', { detail: 'The new password must differ from the current one.' });
    const change = { password: newPassword, mustChange: false, now: context.now };
    await dependencies.users.update(await setPassword(dependencies.passwords, user, change));
    return done;
  };
