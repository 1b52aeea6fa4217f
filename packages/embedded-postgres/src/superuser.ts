import { readFile } from 'node:fs/promises';
import { base64url, type Random } from '@holdfast/kernel';
import { writeDurably } from './durable-file.ts';
import { ifPresent } from './errno.ts';
import { failure } from './failure.ts';

export interface Superuser {
  readonly user: string;
  readonly password: string;
}

export const superuserName = 'postgres';

/** The superuser of an existing cluster. @throws FolderUnusable when its password file is gone */
export const readSuperuser = async (passwordFile: string): Promise<Superuser> => {
  const found = await findSuperuser(passwordFile);
  if (found) return found;
  throw failure('FolderUnusable', `${passwordFile} is missing, and only it opens the cluster beside it: restore it`);
};

/** The superuser for a new cluster; the password of an earlier attempt stays, so that repeating a start is harmless. */
export const ensureSuperuser = async (passwordFile: string, random: Random): Promise<Superuser> => {
  const found = await findSuperuser(passwordFile);
  if (found) return found;
  const password = base64url(random.bytes(24));
  await writeDurably(passwordFile, `${password}\n`);
  return { user: superuserName, password };
};

const findSuperuser = async (passwordFile: string): Promise<Superuser | undefined> => {
  const content = await ifPresent(readFile(passwordFile, 'utf8'));
  return content === undefined ? undefined : { user: superuserName, password: content.trim() };
};
