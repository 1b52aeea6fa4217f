import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config/config-error.ts';

/** Where this server keeps what. Everything is readable by its own account only. */
export interface DataFolder {
  readonly folder: string;
  readonly postgres: string;
  /** How the application reaches the embedded database that runs now. */
  readonly databaseConnection: string;
  readonly tls: { readonly ca: string; readonly caKey: string; readonly certificate: string; readonly key: string };
  /** For scripts: where the server is and how to sign in, written by the first start. */
  readonly bootstrap: string;
}

export const dataFolderAt = (folder: string): DataFolder => ({
  folder,
  postgres: join(folder, 'postgres'),
  databaseConnection: join(folder, 'secrets', 'database.json'),
  tls: {
    ca: join(folder, 'tls', 'ca.pem'),
    caKey: join(folder, 'tls', 'ca.key'),
    certificate: join(folder, 'tls', 'server.pem'),
    key: join(folder, 'tls', 'server.key'),
  },
  bootstrap: join(folder, 'bootstrap.json'),
});

export const createDataFolder = (folder: string): DataFolder => {
  try {
    for (const each of [folder, join(folder, 'secrets'), join(folder, 'tls')]) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      chmodSync(each, 0o700);
    }
  } catch (cause) {
    throw new ConfigError(`the data folder ${folder} cannot be made or written: ${(cause as Error).message}`);
  }
  return dataFolderAt(folder);
};
