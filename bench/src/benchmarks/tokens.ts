import { benchmark } from '../benchmark.ts';
import { runLoad } from '../load/run-load.ts';
import { tokenRequest } from '../load/sign-in.ts';
import { startWorkers, type Worker } from '../load/worker-pool.ts';
import { rounded } from '../measuring/distribution.ts';
import { startControlPlane } from '../servers/control-plane.ts';

/** Access tokens by client secret, beside what the machine can sign at all: measured before and after, on an idle server. */
export const tokens = benchmark({
  parameters: { connections: 32, workers: 1, warmUpSeconds: 5, seconds: 20, rawSeconds: 4 },
  run: async (run) => {
    const { connections, warmUpSeconds, seconds, rawSeconds } = run.parameters;
    const server = await startControlPlane(run);
    const workers = startWorkers(run, run.parameters.workers);
    const [signer] = startWorkers(run, 1) as readonly [Worker];
    run.progress('signing without anything around it');
    const before = await signer.ask('rawSigning', { seconds: rawSeconds });
    run.progress(`asking for tokens for ${warmUpSeconds} + ${seconds} seconds`);
    const { bootstrap } = server;
    const requests = [tokenRequest(bootstrap, bootstrap.automation)];
    const load = await runLoad({
      server,
      workers,
      connections,
      warmUpSeconds,
      seconds,
      send: (worker, window) => worker.ask('sendRequests', { origin: bootstrap.endpoint, requests, window }),
    });
    run.progress('signing without anything around it again');
    const after = await signer.ask('rawSigning', { seconds: rawSeconds });
    const one = (before.onePerSecond + after.onePerSecond) / 2;
    const eight = (before.eightPerSecond + after.eightPerSecond) / 2;
    const figures = {
      tokensPerSecond: load.perSecond,
      rawOneCorePerSecond: rounded(one, 1),
      rawAsyncPerSecond: rounded(eight, 1),
      percentOfRawOneCore: rounded((100 * load.perSecond) / one, 1),
      percentOfRawAsync: rounded((100 * load.perSecond) / eight, 1),
      ...load.latency,
      ...load.details,
    };
    return { figures, postgres: server.database.version };
  },
});
