import { type ChildProcess, spawn } from 'node:child_process';
import { lchown, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { renameDurably } from './durable-file.ts';
import { ifPresent } from './errno.ts';
import { explainedFailure } from './known-failures.ts';
import type { ServerPlace } from './server-place.ts';
import { childEnvironment } from './server-settings.ts';
import type { Superuser } from './superuser.ts';

export const isInitialised = async (dataFolder: string): Promise<boolean> =>
  (await ifPresent(stat(join(dataFolder, 'PG_VERSION')))) !== undefined;

/**
 * Makes the cluster beside its final place and moves it there when it is complete and on disk, so a crash leaves either
 * no cluster or a whole one.
 */
export const initialiseCluster = async (place: ServerPlace, superuser: Superuser): Promise<void> => {
  const { paths, account, view } = place;
  await removeRemains(paths.serverFolder);
  const workshop = await mkdtemp(join(paths.serverFolder, workshopPrefix));
  const passwordFile = join(workshop, 'password');
  await writeFile(passwordFile, `${superuser.password}\n`, { mode: 0o600, flag: 'wx' });
  // The workshop last: as long as it is ours, nobody can put a link in the place of what we make in it.
  for (const path of [passwordFile, workshop]) await lchown(path, account.uid, account.gid);
  await runInitdb(place, superuser.user, join(view.serverFolder, basename(workshop)));
  await renameDurably(join(workshop, 'data'), paths.dataFolder);
  await removeRemains(paths.serverFolder);
};

const workshopPrefix = 'initdb-';

/** An initdb whose launcher was killed may still be writing: what then stays goes with the next start. */
const removeRemains = async (serverFolder: string): Promise<void> => {
  const remains = (await readdir(serverFolder)).filter((name) => name.startsWith(workshopPrefix));
  await Promise.allSettled(remains.map((name) => rm(join(serverFolder, name), { recursive: true, force: true })));
};

const runInitdb = async (place: ServerPlace, user: string, workshop: string): Promise<void> => {
  const args = [
    `--pgdata=${workshop}/data`,
    `--pwfile=${workshop}/password`,
    `--username=${user}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
  ];
  const child = spawn(place.distribution.initdb, args, {
    ...place.account,
    cwd: '/',
    env: childEnvironment,
    stdio: ['ignore', 'pipe', 'pipe', ...place.view.inherited],
  });
  const { status, output } = await outcomeOf(child);
  if (status !== 0) throw explainedFailure(`initdb failed (${status})`, output);
};

const outcomeOf = (child: ChildProcess): Promise<{ status: number | string; output: string }> =>
  new Promise((resolve) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => resolve({ status: 'not started', output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ status: code ?? signal ?? 'ended', output }));
  });
