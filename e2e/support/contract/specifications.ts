import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../project.ts';

const named = process.env['HOLDFAST_SPECS'];

/** The folder of the providers' published API contracts, `<provider>/<api-version>/*.json`; undefined where there is none. */
export const findSpecifications = (): string | undefined => {
  const folder = named ?? join(projectFolder, '..', 'shared', 'specs');
  if (existsSync(join(folder, 'hybridcompute'))) return folder;
  if (named === undefined || process.env['CI'] !== 'true') return undefined;
  throw new Error(`HOLDFAST_SPECS names ${folder}, where no API contracts are`);
};

export interface Specification {
  readonly apiVersion: string;
  readonly files: readonly string[];
}

/** What is published of one provider, oldest first. */
export const specificationsOf = (folder: string, provider: string): readonly Specification[] =>
  readdirSync(join(folder, provider))
    .filter((name) => /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(name))
    .sort()
    .map((apiVersion) => ({ apiVersion, files: jsonFiles(join(folder, provider, apiVersion)) }));

const jsonFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
