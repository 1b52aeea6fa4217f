import { createSealer, type Sealer } from '@holdfast/sealing';
import type { Administration } from '../administer.ts';
import { authorityLabel } from '../bootstrap/first-tenant.ts';
import { ConfigError } from '../config/config-error.ts';
import { readMasterKey } from '../master-key.ts';
import { findFile } from '../private-file.ts';

/** The sealer of the servers on this database. With another key than theirs, what it seals would open nowhere. */
export const sealerOf = async ({ config, stores, random }: Administration): Promise<Sealer> => {
  const { masterKeyFile } = config;
  if (findFile(masterKeyFile) === undefined)
    throw new ConfigError(`there is no master key ${masterKeyFile}: name that of the servers with --master-key-file`);
  const sealer = createSealer(readMasterKey(masterKeyFile, random), random);
  const authority = await stores.authorities.find();
  try {
    if (authority !== undefined) sealer.open(authority.sealedPrivateKey, authorityLabel);
    return sealer;
  } catch {
    throw new ConfigError(`the master key ${masterKeyFile} is not the one of this database's servers`);
  }
};
