import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bootstrap } from './bootstrap.ts';
import { eventually } from './eventually.ts';
import { type Finished, finished, type Program, startNode, startProgram } from './program.ts';
import { programs } from './project.ts';

/** The agent of one machine: its daemon and its command line, in a state folder of their own. */
export interface Agent {
  /** Where the agent keeps everything. */
  readonly state: string;
  /** What the last connect was told. */
  readonly configFile: string;
  /** Resolves when it answers. */
  startHimds(): Promise<void>;
  /** The daemon that runs, or ran last. */
  himds(): Program;
  /** Resolves at once when none runs. */
  stopHimds(signal?: NodeJS.Signals): Promise<void>;
  /** Runs `azcmagent`. */
  run(...args: readonly string[]): Promise<Finished>;
  /** Begins to connect. The options go through a file that only its owner can read. */
  startConnect(options?: ConnectOptions): Program;
  connect(options?: ConnectOptions): Promise<Finished>;
  show(): Promise<Shown>;
  /** Where programs on the machine ask for tokens. */
  metadataUrl(): Promise<string>;
}

/** What `azcmagent show --json` tells, as far as tests read it. */
export interface Shown {
  readonly status: string;
  readonly resourceId: string;
  readonly vmId: string;
  readonly lastHeartbeat: string;
  readonly agentErrorCode: string;
  readonly agentErrorDetails: string;
  readonly certificateExpires: string;
  readonly cloneSuspectedSince: string;
  readonly services: readonly { readonly status: string }[];
}

/** Long option names of `azcmagent connect`; null takes one of the usual ones away. */
export type ConnectOptions = Readonly<Record<string, string | null>>;

export interface AgentSettings {
  readonly bootstrap: Bootstrap;
  /** Of the test's own; the root too unless another is given. */
  readonly folder: string;
  readonly root?: string;
  /** Any free one by default. */
  readonly metadataPort?: number;
  /** A command that runs what follows it somewhere else. */
  readonly within?: readonly string[];
}

export const createAgent = (settings: AgentSettings): Agent => {
  const { bootstrap, folder, root = folder, metadataPort = 0, within = [] } = settings;
  const state = join(root, 'var', 'opt', 'azcmagent');
  const configFile = join(folder, 'connect.json');
  const env = { AZCMAGENT_ROOT: root, AZCMAGENT_METADATA_PORT: String(metadataPort) };
  const startAgent = (...args: readonly string[]): Program =>
    startProgram([...within, process.execPath, ...args], { env });
  const run: Agent['run'] = (...args) => finished(startAgent(programs.agent, ...args));
  const startConnect = (options: ConnectOptions = {}): Program => {
    writeConfig(configFile, { ...usualOptions(bootstrap), ...options });
    return startAgent(programs.agent, 'connect', '--config', configFile);
  };
  const show = async (): Promise<Shown> => {
    const { code, stdout, output } = await run('show', '--json');
    expect(code, output).toBe(0);
    return JSON.parse(stdout) as Shown;
  };
  return {
    state,
    configFile,
    run,
    startConnect,
    connect: (options) => finished(startConnect(options)),
    show,
    metadataUrl: async () => /http:\/\/[^\s):]+:\d+/.exec((await run('show')).output)?.[0] ?? '',
    ...himdsOf({ show, start: () => startAgent(...smallFootprint, programs.agent, 'himds') }),
  };
};

/** As the agent's service runs it. */
const smallFootprint = ['--lite-mode', '--no-node-snapshot'];

const himdsOf = (agent: { show: Agent['show']; start(): Program }) => {
  let himds: Program | undefined;
  return {
    startHimds: async () => {
      await bundled();
      himds = agent.start();
      await eventually('himds serves its folder', async () => (await agent.show()).services[0]?.status === 'active');
    },
    himds: () => {
      if (himds === undefined) throw new Error('himds was not started');
      return himds;
    },
    stopHimds: async (signal: NodeJS.Signals = 'SIGTERM') => {
      if (himds === undefined || !himds.running()) return;
      himds.signal(signal);
      const ending = await himds.ended;
      if (signal !== 'SIGKILL') expect(ending, himds.output()).toEqual({ code: 0, signal: null });
    },
  };
};

const usualOptions = (bootstrap: Bootstrap): ConnectOptions => ({
  endpoint: bootstrap.endpoint,
  'ca-file': bootstrap.caFile,
  'tenant-id': bootstrap.tenantId,
  'subscription-id': bootstrap.subscriptionId,
  'resource-group': bootstrap.resourceGroup,
  location: bootstrap.location,
  'service-principal-id': bootstrap.automation.clientId,
  'service-principal-secret': bootstrap.automation.clientSecret,
});

const writeConfig = (file: string, options: ConnectOptions): void => {
  const given = Object.entries(options).filter(([, value]) => value !== null);
  writeFileSync(file, JSON.stringify(Object.fromEntries(given)), { mode: 0o600 });
};

let bundling: Promise<void> | undefined;

/** Makes the agent's one program of what its sources are now. */
const bundled = (): Promise<void> => {
  bundling ??= finished(startNode([programs.bundleAgent])).then(({ code, output }) => expect(code, output).toBe(0));
  return bundling;
};
