import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Run } from '../benchmark.ts';

/** What `holdfast serve` leaves for scripts. */
export interface Bootstrap {
  readonly endpoint: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly admin: { readonly username: string };
  readonly automation: { readonly clientId: string; readonly clientSecret: string };
}

/** A folder that goes with the run. */
export const temporaryFolder = (run: Pick<Run, 'atEnd'>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  run.atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export const readBootstrap = (data: string): Bootstrap =>
  JSON.parse(readFileSync(join(data, 'bootstrap.json'), 'utf8')) as Bootstrap;

/** How to reach the embedded database while it runs. */
export const readDatabaseConnection = (data: string): pg.ClientConfig =>
  JSON.parse(readFileSync(join(data, 'secrets', 'database.json'), 'utf8')) as pg.ClientConfig;
