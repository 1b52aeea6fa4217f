import type { Random } from '@holdfast/kernel';
import { masterKeyBytes } from '@holdfast/sealing';
import { ConfigError } from './config/config-error.ts';
import { readOrCreate } from './private-file.ts';

/**
 * The key that seals private keys in the database, kept outside it: 32 bytes as hexadecimal text. Replicas of one
 * database share it; whoever loses it loses the signing keys and every machine's trust in them.
 */
export const readMasterKey = (file: string, random: Random): Uint8Array => {
  const text = readText(file, random).trim();
  if (/^[0-9a-f]+$/i.test(text) && text.length === masterKeyBytes * 2) return Buffer.from(text, 'hex');
  throw new ConfigError(`${file} must hold ${masterKeyBytes} bytes as ${masterKeyBytes * 2} hexadecimal digits`);
};

const readText = (file: string, random: Random): string => {
  try {
    return readOrCreate(file, () => `${Buffer.from(random.bytes(masterKeyBytes)).toString('hex')}\n`).toString();
  } catch (cause) {
    throw new ConfigError(`the master key ${file} cannot be read or made: ${(cause as Error).message}`);
  }
};
