import { runControlPlane } from './control-plane.ts';
import { runLocalAgent } from './local-agent.ts';

// The main job: a control plane, and this very machine connected to it by the real agent.
// usage: npm start -- [--no-agent] [options of `holdfast serve`]

const given = process.argv.slice(2);
const options = given.filter((each) => each !== '--no-agent');
const withAgent = options.length === given.length;

/** Ctrl-C reaches every process of the terminal; this one stays until the others have ended. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));

const controlPlane = runControlPlane(options);
const agent = withAgent ? controlPlane.ready.then(runLocalAgent) : undefined;
agent
  ?.then(({ connected }) => connected)
  .catch((error: unknown) => {
    process.stderr.write(`this machine could not be connected: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });

async function stop(signal: NodeJS.Signals): Promise<void> {
  controlPlane.stop(signal);
  await agent?.then(({ himds }) => himds.stop(signal)).catch(() => undefined);
}

const code = await controlPlane.ended;
// Without an agent that is under way there is nothing to wait for: `ready` may never come.
if (controlPlane.isReady()) await stop('SIGTERM');
process.exitCode ??= code;
