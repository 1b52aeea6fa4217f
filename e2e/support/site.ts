import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Agent, type AgentSettings, createAgent } from './agent.ts';
import { type Bootstrap, readBootstrap, trust } from './bootstrap.ts';
import { judge } from './contract/judge.ts';
import { type ControlPlane, holdfast, startControlPlane } from './control-plane.ts';
import { freePort } from './free-port.ts';
import { commandLines, killProcessesOf, processesOf } from './leftovers.ts';
import { type Recorder, startRecorder } from './recorder.ts';
import { groupScope } from './scopes.ts';
import { expectNoSecrets } from './secrets.ts';

/** One control plane on its own embedded database, its clients' way to it, and the machines connected to it. */
export interface Site {
  readonly folder: string;
  readonly data: string;
  /** Where the control plane itself listens; clients go through the recorder. */
  readonly port: number;
  readonly bootstrap: Bootstrap;
  readonly recorder: Recorder;
  /** The one that runs now. */
  controlPlane(): ControlPlane;
  /** Runs it again after its end. */
  startAgain(): Promise<void>;
  /** A machine with a state folder of its own unless it is given another; its himds ends with the site. */
  machine(name: string, settings?: Partial<AgentSettings>): Agent;
  principal(grant: Grant): Promise<Principal>;
  /** Ends everything, and checks what every use of the product must leave behind. */
  close(): Promise<void>;
}

export interface Grant {
  readonly role: string;
  /** The default is the first resource group. */
  readonly scope?: string;
  /** PEM; a secret is made when there is none. */
  readonly certificateFile?: string;
}

export interface Principal {
  readonly appId: string;
  readonly objectId: string;
  readonly displayName: string;
  readonly password: string;
}

/** Options of `holdfast serve` beyond those that every site needs. */
export const openSite = async (...settings: readonly string[]): Promise<Site> => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  const data = join(folder, 'data');
  const [port, clientPort] = [await freePort(), await freePort()];
  const origin = `https://localhost:${clientPort}`;
  const serve = ['--data', data, '--port', String(port), '--origin', origin, ...settings];
  let controlPlane = await startControlPlane(serve);
  const bootstrap = readBootstrap(join(data, 'bootstrap.json'));
  trust(bootstrap.caFile);
  const recorder = await startRecorder({ port: clientPort, target: port, tls: tlsOf(data) });
  const machines: Agent[] = [];
  const site = { folder, data, port, bootstrap, recorder, controlPlane: () => controlPlane };
  return {
    ...site,
    startAgain: async () => {
      controlPlane = await startControlPlane(serve);
    },
    machine: (name, machineSettings) => {
      const own = join(folder, 'machines', name);
      mkdirSync(own, { recursive: true });
      const machine = createAgent({ folder: own, bootstrap, ...machineSettings });
      machines.push(machine);
      return machine;
    },
    principal: (grant) => createPrincipal(site, grant),
    close: () => closeSite(site, machines),
  };
};

type OpenSite = Pick<Site, 'folder' | 'data' | 'bootstrap' | 'recorder' | 'controlPlane'>;

const closeSite = async (site: OpenSite, machines: readonly Agent[]): Promise<void> => {
  const { folder, data, bootstrap, recorder } = site;
  const { exchanges } = recorder;
  try {
    const commands = commandLines();
    for (const machine of machines) await machine.stopHimds();
    const { program, stop } = site.controlPlane();
    if (program.running()) await stop();
    await recorder.close();
    expect(processesOf(folder)).toEqual([]);
    expectNoSecrets({ folder, data, commands, bootstrap, exchanges });
    await judge(exchanges);
    rmSync(folder, { recursive: true });
  } finally {
    killProcessesOf(folder);
  }
};

/** The key and certificate that a control plane made for itself, and what signs them. */
export const tlsOf = (data: string) => ({
  key: readFileSync(join(data, 'tls', 'server.key'), 'utf8'),
  cert: readFileSync(join(data, 'tls', 'server.pem'), 'utf8'),
  ca: readFileSync(join(data, 'tls', 'ca.pem'), 'utf8'),
});

const createPrincipal = async (
  { data, bootstrap }: OpenSite,
  { role, scope = groupScope(bootstrap), certificateFile }: Grant,
): Promise<Principal> => {
  const certificate = certificateFile === undefined ? [] : ['--certificate', certificateFile];
  const options = ['--data', data, '--name', role, '--role', role, '--scope', scope, ...certificate];
  const { code, stdout, output } = await holdfast('principal', 'create', ...options);
  expect(code, output).toBe(0);
  return JSON.parse(stdout) as Principal;
};
