import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../benchmark.ts';
import { runToEnd, stopChild } from './child.ts';
import type { ControlPlane } from './control-plane.ts';
import { temporaryFolder } from './data-folder.ts';
import { freePort } from './free-port.ts';
import { projectFolder } from './project-folder.ts';

/** As the agent's own start has it: the daemon does without compiled code, because its memory counts more. */
const smallFootprint = ['--lite-mode', '--no-node-snapshot'];

const agentProgram = join(projectFolder, 'apps', 'agent', 'dist', 'azcmagent.cjs');

/** The real daemon from its bundle, connected to the control plane by the real command line. */
export const startHimds = async (run: Run, server: ControlPlane): Promise<ChildProcess> => {
  await runToEnd([join(projectFolder, 'apps', 'agent', 'bundle.ts')]);
  const root = temporaryFolder(run);
  const environment = serviceEnvironment({ root, metadataPort: await freePort() });
  const himds = spawn(process.execPath, [...smallFootprint, agentProgram, 'himds'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  run.atEnd(() => stopChild(himds));
  await sleep(1000);
  await connect(server, root, environment);
  return himds;
};

/** What a service manager gives a daemon, and no more: variables that add root certificates cost memory, for example. */
const serviceEnvironment = (place: { readonly root: string; readonly metadataPort: number }): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  LANG: 'C.UTF-8',
  AZCMAGENT_ROOT: place.root,
  AZCMAGENT_METADATA_PORT: String(place.metadataPort),
});

/** The secret goes through a file that only we can read, never through arguments. */
const connect = async ({ bootstrap }: ControlPlane, root: string, environment: NodeJS.ProcessEnv): Promise<void> => {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const file = join(root, 'connect.json');
  const options = {
    endpoint: bootstrap.endpoint,
    'ca-file': bootstrap.caFile,
    'tenant-id': bootstrap.tenantId,
    'subscription-id': bootstrap.subscriptionId,
    'resource-group': bootstrap.resourceGroup,
    location: bootstrap.location,
    'service-principal-id': bootstrap.automation.clientId,
    'service-principal-secret': bootstrap.automation.clientSecret,
  };
  writeFileSync(file, JSON.stringify(options), { mode: 0o600 });
  try {
    await runToEnd([agentProgram, 'connect', '--config', file], environment);
  } finally {
    rmSync(file, { force: true });
  }
};
