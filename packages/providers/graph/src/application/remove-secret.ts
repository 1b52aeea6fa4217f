import { armError } from '@holdfast/arm';
import type { Answer } from '@holdfast/contracts';
import type { Application, CredentialStore } from '@holdfast/directory';
import { done } from '../answers/entity-answer.ts';

/** Tokens that were obtained with it stop counting as well. */
export const removeSecret = async (
  { credentials }: { readonly credentials: CredentialStore },
  { tenantId, id: applicationId, secrets }: Application,
  keyId: string,
): Promise<Answer> => {
  const secret = secrets.find(({ id }) => id === keyId.toLowerCase());
  if (secret === undefined)
    throw armError('DirectoryBadRequest', { detail: `No password credential found with keyId '${keyId}'.` });
  await credentials.remove({ tenantId, applicationId }, secret.id);
  return done;
};
