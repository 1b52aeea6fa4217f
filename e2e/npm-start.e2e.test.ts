import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { type Bootstrap, readBootstrap, trust } from './support/bootstrap.ts';
import { judge } from './support/contract/judge.ts';
import { eventually } from './support/eventually.ts';
import { freePort } from './support/free-port.ts';
import { commandLines, killProcessesOf, processesOf } from './support/leftovers.ts';
import { type Program, startNode } from './support/program.ts';
import { programs } from './support/project.ts';
import { type Recorder, startRecorder } from './support/recorder.ts';
import { machinesIn, subscriptionScope } from './support/scopes.ts';
import { expectNoSecrets } from './support/secrets.ts';
import { tlsOf } from './support/site.ts';

// What `npm start` runs, started as a terminal starts it and ended as Ctrl-C ends it.

const start = (...options: readonly string[]): Program =>
  startNode([programs.start, ...options], { leader: true, env: { AZCMAGENT_METADATA_PORT: '0' } });

const interrupt = async (program: Program, data: string): Promise<void> => {
  program.signal('SIGINT');
  expect(await program.ended, program.output()).toEqual({ code: 0, signal: null });
  expect(processesOf(data)).toEqual([]);
};

/** As soon as there is a certificate for it, which is before anybody connects. */
const recorderBefore = async (data: string, ports: { port: number; target: number }): Promise<Recorder> => {
  await eventually('the first start has made a certificate', () => existsSync(join(data, 'tls', 'server.pem')));
  return startRecorder({ ...ports, tls: tlsOf(data) });
};

const findMachine = async (bootstrap: Bootstrap) => {
  const arm = await signIn(bootstrap);
  const path = machinesIn(subscriptionScope(bootstrap));
  return (await arm.send('GET', `${path}?api-version=2024-07-10`)).body?.value[0];
};

test('one command serves and connects this computer; Ctrl-C leaves nothing; --no-agent leaves the agent out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-e2e-'));
  onTestFinished(() => killProcessesOf(folder));
  const data = join(folder, 'data');
  const [port, target] = [await freePort(), await freePort()];
  const origin = `https://localhost:${port}`;
  const options = ['--data', data, '--port', String(target), '--origin', origin];

  const first = start(...options);
  const recorder = await recorderBefore(data, { port, target });
  await first.printed(/^ready https:\/\/\S+$/m);
  const bootstrap = readBootstrap(join(data, 'bootstrap.json'));
  trust(bootstrap.caFile);
  await eventually(
    'this computer is Connected',
    async () => (await findMachine(bootstrap))?.properties['status'] === 'Connected',
  );
  await first.printed(new RegExp(`This machine is connected\\n +Machine +${hostname()}\\n +Status +Connected`));
  expect(existsSync(join(data, 'machine', 'var', 'opt', 'azcmagent', 'agentconfig.json'))).toBe(true);
  const commands = commandLines();
  await interrupt(first, data);

  const second = start(...options, '--no-agent');
  await second.printed(/^ready https:\/\/\S+$/m);
  expect(second.output()).not.toContain('Password');
  expect(await findMachine(bootstrap)).toMatchObject({ name: hostname() });
  expect(processesOf(data).filter(({ command }) => command.includes('azcmagent'))).toEqual([]);
  await interrupt(second, data);

  await recorder.close();
  expectNoSecrets({ folder, data, commands, bootstrap, exchanges: recorder.exchanges });
  await judge(recorder.exchanges);
  rmSync(folder, { recursive: true });
});
