import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * True when `name` can be run from PATH: what a test that needs a foreign program asks, as in
 * `test.skipIf(!systemCommand('openssl'))`. Where it is missing a notice says so, once for a file.
 * @throws with CI=true, where nothing a test needs may be missing
 */
export const systemCommand = (name: string, environment: NodeJS.ProcessEnv = process.env): boolean => {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  if (folders.some((folder) => isProgram(join(folder, name)))) return true;
  if (environment['CI'] === 'true') throw new Error(`${name} is not on PATH: with CI=true every test must run`);
  if (!missing.has(name)) console.warn(`${name} is not on PATH: the tests that need it are skipped`);
  missing.add(name);
  return false;
};

const missing = new Set<string>();

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
};
