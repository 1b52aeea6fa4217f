import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { agentError } from '../agent-error.ts';

/**
 * The certificates of a --ca-file, PEM, without anything else that stands in it.
 * @throws AZCM0023
 */
export const readCaFile = (path: string): string => {
  const blocks = readText(path).match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw agentError('AZCM0023', `--ca-file: '${path}' holds no PEM certificate`);
  for (const block of blocks) check(block, path);
  return `${blocks.join('\n')}\n`;
};

const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw agentError('AZCM0023', `--ca-file: '${path}' cannot be read`, { cause });
  }
};

const check = (pem: string, path: string): void => {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw agentError('AZCM0023', `--ca-file: a certificate in '${path}' is damaged`, { cause });
  }
};
