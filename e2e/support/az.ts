import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { expect } from 'vitest';
import type { Bootstrap } from './bootstrap.ts';
import { type Finished, finished, type Program, startProgram } from './program.ts';
import { projectFolder } from './project.ts';

/** One person's Azure CLI, which knows the control plane as its only cloud. */
export interface Az {
  /** Runs a command to its end, whatever that is. */
  run(...args: readonly string[]): Promise<Finished>;
  start(...args: readonly string[]): Program;
  /** Runs a command that must do well, and reads what it prints. */
  json<T = unknown>(...args: readonly string[]): Promise<T>;
  /** An argument that stands for a secret, which az reads from a file: command lines are everybody's to read. */
  secret(value: string): string;
}

/** Debian 12's and Debian 13's; `e2e/clients/install` brings both. */
export type AzVersion = '2.45' | '2.74';

export interface AzSettings {
  readonly version: AzVersion;
  /** Of the test's own. */
  readonly folder: string;
  readonly bootstrap: Bootstrap;
}

const cache = '/var/cache/holdfast';

/** `index` is what an az writes at its first run, which takes seconds; the installation leaves it for those made here. */
const installed: Readonly<Record<AzVersion, { readonly program: string; readonly index: string }>> = {
  '2.45': { program: '/usr/bin/az', index: join(cache, 'az-2.45.json') },
  '2.74': { program: join(projectFolder, 'e2e', 'clients', 'az-trixie'), index: join(cache, 'az-2.74.json') },
};

export const hasAz = (version: AzVersion): boolean => existsSync(installed[version].index);

let made = 0;

/** Registers the cloud, and signs nobody in. */
export const createAz = async ({ version, folder, bootstrap }: AzSettings): Promise<Az> => {
  const own = join(folder, `az-${++made}`);
  mkdirSync(join(own, 'secrets'), { recursive: true });
  copyFileSync(installed[version].index, join(own, 'commandIndex.json'));
  const env = { ...settings, HOME: own, AZURE_CONFIG_DIR: own, REQUESTS_CA_BUNDLE: writeTrust(own, bootstrap) };
  const start: Az['start'] = (...args) => startProgram([installed[version].program, ...args], { env });
  const run: Az['run'] = (...args) => finished(start(...args));
  const succeed = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, output } = await run(...args);
    expect(code, output).toBe(0);
    return stdout;
  };
  await succeed('cloud', 'register', '--name', cloud, ...registration[version](own, bootstrap));
  await succeed('cloud', 'set', '--name', cloud);
  let secrets = 0;
  return {
    run,
    start,
    json: async <T>(...args: readonly string[]) => JSON.parse(await succeed(...args)) as T,
    secret: (value) => {
      const file = join(own, 'secrets', `${++secrets}`);
      writeFileSync(file, value, { mode: 0o600 });
      return `@${file}`;
    },
  };
};

const cloud = 'Holdfast';

/** What users set with `az config set`. 2.45 knows nothing of the first. */
const settings = {
  AZURE_CORE_INSTANCE_DISCOVERY: 'false',
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
  AZURE_CORE_LOGIN_EXPERIENCE_V2: 'off',
  AZURE_CORE_NO_COLOR: 'true',
};

/** 2.74 learns everything from the metadata; 2.45 is told, with an authority that it does not ask Microsoft about. */
const registration: Readonly<Record<AzVersion, (own: string, bootstrap: Bootstrap) => readonly string[]>> = {
  '2.45': (own, { endpoint }) => {
    const file = join(own, 'cloud.json');
    const endpoints = {
      resourceManager: endpoint,
      management: endpoint,
      activeDirectory: `${endpoint}/adfs`,
      activeDirectoryResourceId: endpoint,
      activeDirectoryGraphResourceId: endpoint,
      microsoftGraphResourceId: endpoint,
      gallery: endpoint,
    };
    writeFileSync(file, JSON.stringify({ endpoints }));
    return ['--cloud-config', `@${file}`];
  },
  '2.74': (_, { endpoint }) => ['--endpoint-resource-manager', endpoint],
};

/** For Python's `requests`, which takes its roots from one file. */
const writeTrust = (own: string, { caFile }: Bootstrap): string => {
  const file = join(own, 'roots.pem');
  writeFileSync(file, [...getCACertificates('bundled'), readFileSync(caFile, 'utf8')].join('\n'));
  return file;
};
