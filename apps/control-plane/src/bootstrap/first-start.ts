import { renameSync, rmSync } from 'node:fs';
import type { Stores } from '@holdfast/store-postgres';
import { findFile, writePrivateFile } from '../private-file.ts';
import { type Bootstrap, type FirstTenantNeeds, planFirstTenant } from './first-tenant.ts';
import { writeFirstTenant } from './write-first-tenant.ts';

export interface FirstStart {
  readonly needs: FirstTenantNeeds;
  /** Where the bootstrap file goes. */
  readonly file: string;
  /** The tenants there are, oldest first. */
  readonly firstTenantId: () => Promise<string | undefined>;
  readonly transaction: (work: (stores: Stores) => Promise<void>) => Promise<void>;
}

/**
 * Makes the first tenant when there is none. Its secrets are on disk before it is committed and take their final name
 * afterwards, so that a crash at any point loses neither. Resolves to the bootstrap when this start made the tenant.
 */
export const firstStart = async ({
  needs,
  file,
  firstTenantId,
  transaction,
}: FirstStart): Promise<Bootstrap | undefined> => {
  const draft = `${file}.new`;
  const existing = await firstTenantId();
  if (existing !== undefined) return finishInterrupted({ file, draft, existing });
  const { bootstrap, first } = await planFirstTenant(needs);
  writePrivateFile(draft, `${JSON.stringify(bootstrap, null, 2)}\n`);
  await transaction((stores) => writeFirstTenant(stores, first, needs.random));
  renameSync(draft, file);
  return bootstrap;
};

/** A draft of the tenant that exists was committed but not renamed; any other is of a tenant that never came to be. */
const finishInterrupted = ({
  file,
  draft,
  existing,
}: {
  file: string;
  draft: string;
  existing: string;
}): Bootstrap | undefined => {
  const text = findFile(draft);
  if (text === undefined) return undefined;
  const bootstrap = JSON.parse(text.toString()) as Bootstrap;
  if (bootstrap.tenantId !== existing) {
    rmSync(draft);
    return undefined;
  }
  renameSync(draft, file);
  return bootstrap;
};
