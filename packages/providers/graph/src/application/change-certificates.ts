import { armError } from '@holdfast/arm';
import type { ApplicationPatch } from '@holdfast/contracts';
import type { Application } from '@holdfast/directory';
import type { GraphDependencies } from '../stores.ts';
import { readKeyCredentials } from './read-key-credentials.ts';

/** More is no rotation but a leak in some script. */
export const mostCredentials = 50;

/** Replaces the list of certificates by the one given. */
export const changeCertificates = async (
  { credentials, random }: GraphDependencies,
  application: Application,
  { list, now }: { readonly list: ApplicationPatch['keyCredentials']; readonly now: Date },
): Promise<void> => {
  if (list === undefined) return;
  const { tenantId, id: applicationId, certificates: existing } = application;
  const { added, removed } = readKeyCredentials(list, { existing, random, now });
  if (existing.length - removed.length + added.length > mostCredentials) throw tooMany('certificates');
  for (const id of removed) await credentials.remove({ tenantId, applicationId }, id);
  for (const certificate of added) await credentials.addCertificate({ tenantId, applicationId }, certificate);
};

export const tooMany = (what: string): Error =>
  armError('DirectoryBadRequest', {
    detail: `An application can have at most ${mostCredentials} ${what}. Remove those that are no longer used.`,
  });
