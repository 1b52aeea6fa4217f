import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyServer } from './control-plane.ts';
import { machineTable } from './machine-table.ts';
import { projectFolder } from './project-folder.ts';
import { type Bootstrap, readMachine } from './resource-manager.ts';

export interface LocalAgent {
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** himds lives for years in little memory, so it does without compiled code. */
const smallFootprint = ['--no-opt', '--no-maglev', '--no-sparkplug'];
const alreadyConnected = 67;

/** Starts the agent below the data folder, connects this machine and shows its resource. */
export const runLocalAgent = async ({ endpoint, dataFolder }: ReadyServer): Promise<LocalAgent> => {
  const root = join(dataFolder, 'machine');
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const environment = { ...process.env, AZCMAGENT_ROOT: root };
  const program = await bundledAgent();
  const himds = spawn(process.execPath, [...smallFootprint, program, 'himds'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const bootstrap = {
    ...(JSON.parse(readFileSync(join(dataFolder, 'bootstrap.json'), 'utf8')) as Bootstrap),
    endpoint,
  };
  await connect({ program, environment, root, bootstrap });
  process.stdout.write(machineTable(await untilConnected(bootstrap, root)));
  return { stop: (signal) => end(himds, signal) };
};

const bundledAgent = async (): Promise<string> => {
  const child = spawn(process.execPath, [join(projectFolder, 'apps', 'agent', 'bundle.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('the agent could not be bundled');
  return join(projectFolder, 'apps', 'agent', 'dist', 'azcmagent.cjs');
};

interface Connection {
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly root: string;
  readonly bootstrap: Bootstrap;
}

/** The secret goes through a file that only we can read, never through arguments. */
const connect = async ({ program, environment, root, bootstrap }: Connection): Promise<void> => {
  const file = join(root, `connect.${process.pid}.json`);
  writeFileSync(file, JSON.stringify(connectOptions(bootstrap)), { mode: 0o600 });
  try {
    const child = spawn(process.execPath, [program, 'connect', '--config', file], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = collect(child);
    const [code] = await once(child, 'exit');
    if (code !== 0 && code !== alreadyConnected) throw new Error(output().trim());
  } finally {
    rmSync(file, { force: true });
  }
};

const connectOptions = (bootstrap: Bootstrap) => ({
  endpoint: bootstrap.endpoint,
  'ca-file': bootstrap.caFile,
  'tenant-id': bootstrap.tenantId,
  'subscription-id': bootstrap.subscriptionId,
  'resource-group': bootstrap.resourceGroup,
  location: bootstrap.location,
  'service-principal-id': bootstrap.automation.clientId,
  'service-principal-secret': bootstrap.automation.clientSecret,
});

const collect = (child: ChildProcess): (() => string) => {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
};

const untilConnected = async (bootstrap: Bootstrap, root: string) => {
  const { resourceId } = JSON.parse(
    readFileSync(join(root, 'var', 'opt', 'azcmagent', 'agentconfig.json'), 'utf8'),
  ) as {
    resourceId: string;
  };
  for (;;) {
    const machine = await readMachine(bootstrap, resourceId);
    if (machine.properties.status === 'Connected') return machine;
    await sleep(250);
  }
};

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
};
