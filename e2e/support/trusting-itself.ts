import { expect } from 'vitest';
import { holdfast } from './control-plane.ts';
import type { Site } from './site.ts';

/** Starts the control plane again so that it trusts its own CA: it is about to ask itself, as an issuer of tokens. */
export const startTrustingItself = async (site: Site): Promise<void> => {
  process.env['NODE_EXTRA_CA_CERTS'] = site.bootstrap.caFile;
  await site.controlPlane().stop();
  await site.startAgain();
};

/** Runs a command of the site's administrator, and reads what it prints. */
export const command = async <T>({ data, bootstrap }: Site, ...args: readonly string[]): Promise<T> => {
  const { code, stdout, output } = await holdfast(...args, '--data', data, '--origin', bootstrap.endpoint);
  expect(code, output).toBe(0);
  return JSON.parse(stdout) as T;
};
