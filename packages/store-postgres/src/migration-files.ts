import { readdir, readFile } from 'node:fs/promises';

export interface MigrationFile {
  /** `0001_directory`; with `!` at its end when the file begins with `--! breaking-change`. */
  readonly name: string;
  readonly text: string;
}

const fileName = /^(\d{4}_[a-z0-9-]+)\.sql$/;
const breakingHeader = /^--! breaking-change\s*$/m;

/** The migrations of a folder. @throws when a file is not named NNNN_<what>.sql, or two have one number */
export const readMigrationFiles = async (folder: URL): Promise<readonly MigrationFile[]> => {
  const entries = (await readdir(folder)).sort();
  const files = await Promise.all(entries.map((entry) => readMigrationFile(folder, entry)));
  const numbers = new Set(files.map((file) => file.name.slice(0, 4)));
  if (numbers.size !== files.length) throw new Error(`two migrations have one number: ${entries.join(', ')}`);
  return files;
};

const readMigrationFile = async (folder: URL, entry: string): Promise<MigrationFile> => {
  const [, name] = fileName.exec(entry) ?? [];
  if (name === undefined) throw new Error(`'${entry}' is not named like a migration, NNNN_<what>.sql`);
  const text = await readFile(new URL(entry, folder), 'utf8');
  const [firstLine = ''] = text.split('\n', 1);
  return { name: breakingHeader.test(firstLine) ? `${name}!` : name, text };
};
