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
  readonly himds: { stop(signal: NodeJS.Signals): Promise<void> };
  /** Resolves once the machine is Connected and shown; rejects with what kept it. */
  readonly connected: Promise<void>;
}

/** himds lives for years in little memory, so it does without compiled code. */
const smallFootprint = ['--lite-mode', '--no-node-snapshot'];
const alreadyConnected = 67;
const himdsNotReached = 64;

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
  const bootstrap = { ...readBootstrap(dataFolder), endpoint };
  const connected = connect({ program, environment, root, bootstrap }).then(async () => {
    process.stdout.write(machineTable(await untilConnected(bootstrap, root)));
  });
  return { himds: { stop: (signal) => end(himds, signal) }, connected };
};

const readBootstrap = (dataFolder: string): Bootstrap =>
  JSON.parse(readFileSync(join(dataFolder, 'bootstrap.json'), 'utf8')) as Bootstrap;

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
    for (let attempt = 1; ; attempt += 1) {
      const { code, output } = await run([program, 'connect', '--config', file], environment);
      if (code === 0 || code === alreadyConnected) return;
      if (code !== himdsNotReached || attempt === 50) throw new Error(output.trim());
      await sleep(200); // himds is starting
    }
  } finally {
    rmSync(file, { force: true });
  }
};

const run = async (command: readonly string[], env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
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
