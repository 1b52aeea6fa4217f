import type { MachineFacts } from '@holdfast/contracts';
import type { MachineFiles } from '../machine-files.ts';

const programs = {
  mssql: ['sqlservr'],
  mysql: ['mysqld', 'mariadbd'],
  pgsql: ['postgres', 'postmaster'],
} as const;

/** Which database servers run here, by the names of the running programs. */
export const discoveredDatabases = (files: MachineFiles): MachineFacts['discovered'] => {
  const running = new Set(
    files
      .list('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => files.readText(`/proc/${pid}/comm`)?.trim()),
  );
  const runs = (names: readonly string[]): boolean => names.some((name) => running.has(name));
  return { mssql: runs(programs.mssql), mysql: runs(programs.mysql), pgsql: runs(programs.pgsql) };
};
