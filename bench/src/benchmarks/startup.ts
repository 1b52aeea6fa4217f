import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark, type Figures, type Run } from '../benchmark.ts';
import { median } from '../measuring/distribution.ts';
import { findBelow } from '../measuring/processes.ts';
import { collect } from '../servers/child.ts';
import { line, startControlPlane } from '../servers/control-plane.ts';
import { temporaryFolder } from '../servers/data-folder.ts';
import { freePort } from '../servers/free-port.ts';
import { projectFolder } from '../servers/project-folder.ts';

/** From the command to `ready`, on an empty data folder and on a used one; from `npm start` to the machine connected. */
export const startup = benchmark({
  parameters: { repeats: 3 },
  run: async (run) => {
    const [first, later, connected]: [number[], number[], number[]] = [[], [], []];
    let postgres = '';
    for (let repeat = 1; repeat <= run.parameters.repeats; repeat += 1) {
      run.progress(`starting, ${repeat} of ${run.parameters.repeats}`);
      const dataFolder = join(temporaryFolder(run), 'data');
      for (const times of [first, later]) {
        const server = await startControlPlane(run, { dataFolder });
        times.push(server.startMs);
        postgres = server.database.version;
        await server.stop();
      }
      connected.push(await npmStart(run));
    }
    const figures = {
      serveFirstStart: figuresOf(first),
      serveLaterStart: figuresOf(later),
      npmStartToConnected: figuresOf(connected),
    };
    return { figures, postgres };
  },
});

const figuresOf = (milliseconds: readonly number[]): Figures => ({
  medianMs: Math.round(median(milliseconds)),
  eachMs: milliseconds.map(Math.round),
});

const npmStart = async (run: Run): Promise<number> => {
  const dataFolder = join(temporaryFolder(run), 'data');
  const env = { ...process.env, AZCMAGENT_METADATA_PORT: String(await freePort()) };
  const options = ['start', '--', '--data', dataFolder, '--port', String(await freePort())];
  const begun = performance.now();
  const child = spawn('npm', options, { cwd: projectFolder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid = Number.NaN } = child;
  const ended = once(child, 'exit');
  const stop = () => stopGroup(pid);
  run.atEnd(stop);
  const complaints = collect(child.stderr);
  const failed = Promise.race([line(child.stderr, /could not be connected/), ended]).then(() => {
    throw new Error(`npm start did not connect this machine: ${complaints()}`);
  });
  failed.catch(() => undefined);
  await Promise.race([line(child.stdout, /^This machine is connected/), failed]);
  const taken = performance.now() - begun;
  await stop();
  return taken;
};

/**
 * npm and its shell would end first and leave nothing to wait for, so the program below them is told; what has not gone
 * with it after a while is told by itself.
 */
const stopGroup = async (leader: number): Promise<void> => {
  const program = findBelow(leader, 'tools/start/src/main.ts');
  if (program !== undefined) send(program, 'SIGTERM');
  for (let waited = 0; send(-leader, 0); waited += 1) {
    if (waited === 100) send(-leader, 'SIGTERM');
    await sleep(100);
  }
};

/** False when there is nobody to send to. */
const send = (target: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
};
