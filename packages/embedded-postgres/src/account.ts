import { readFile, stat } from 'node:fs/promises';
import { ifPresent } from './errno.ts';
import { failure, useOwnServer } from './failure.ts';

/** The numeric identity that initdb and postgres run under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export const ourselves = (): Account => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });

const preferredNames = ['holdfast', 'postgres', 'nobody'];

/** The first of the accounts fit to run a server, or undefined; `passwd` is the text of /etc/passwd (passwd(5)). */
export const findUnprivilegedAccount = (passwd: string): Account | undefined => {
  const entries = passwd.split('\n').map((line) => line.split(':'));
  for (const name of preferredNames) {
    const [, , uid, gid] = entries.find((entry) => entry[0] === name) ?? [];
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
};

/**
 * Who runs the server: ourselves, unless we are root, which PostgreSQL refuses. Root serves an existing cluster as
 * whoever owns its folder, so that an account that appears later, or a cluster that an ordinary user made, changes
 * nothing.
 */
export const getServerAccount = async (serverFolder: string): Promise<Account> => {
  const self = ourselves();
  if (self.uid !== 0) return self;
  const owner = await ifPresent(stat(serverFolder));
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = findUnprivilegedAccount(await readFile('/etc/passwd', 'utf8'));
  if (account) return account;
  throw failure(
    'FolderUnusable',
    `PostgreSQL does not run as root, and /etc/passwd has none of ${preferredNames.join(', ')}: add one, ${useOwnServer}`,
  );
};
