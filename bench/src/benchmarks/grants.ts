import { setTimeout as sleep } from 'node:timers/promises';
import { benchmark, type Figures } from '../benchmark.ts';
import type { LoadResult, Window } from '../load/closed-loop.ts';
import type { Request } from '../load/render-request.ts';
import { type MeasuredLoad, runLoad } from '../load/run-load.ts';
import { tokenRequest } from '../load/sign-in.ts';
import { signInPeople } from '../load/signed-in-people.ts';
import { startWorkers, type Worker } from '../load/worker-pool.ts';
import { certificateRequests } from '../servers/certificate-program.ts';
import { startControlPlane } from '../servers/control-plane.ts';
import { createAccounts, createPassingPolicy } from '../servers/graph.ts';

/** How long a changed policy may take to hold. */
const policyDelayMs = 11_000;

/** Tokens by each grant, one after the other on the same server; then by secret again while a policy judges every one. */
export const grants = benchmark({
  parameters: { connections: 32, warmUpSeconds: 3, seconds: 15 },
  run: async (run) => {
    const { connections, warmUpSeconds, seconds } = run.parameters;
    const server = await startControlPlane(run);
    const { bootstrap } = server;
    const workers = startWorkers(run, 1);
    const measure = async (
      name: string,
      send: (worker: Worker, window: Window) => Promise<LoadResult>,
      addresses = 1,
    ) => {
      run.progress(`${name} for ${warmUpSeconds} + ${seconds} seconds`);
      return runLoad({ server, workers, connections, addresses, warmUpSeconds, seconds, send });
    };
    const repeat = (name: string, requests: readonly Request[]) =>
      measure(name, (worker, window) => worker.ask('sendRequests', { origin: bootstrap.endpoint, requests, window }));
    const bySecret = [tokenRequest(bootstrap, bootstrap.automation)];
    const byCertificate = await certificateRequests(run, server, connections);
    run.progress(`signing ${connections} people in`);
    await signInPeople(server, workers, await createAccounts(server, connections));
    const about = { place: { endpoint: bootstrap.endpoint, tenantId: bootstrap.tenantId } };
    const secret = await repeat('tokens by secret', bySecret);
    const certificate = await repeat('tokens by certificate', byCertificate);
    const refresh = await measure('refresh tokens', (worker, window) =>
      worker.ask('refreshTokens', { ...about, window }),
    );
    const code = await measure('authorization codes', (worker, window) =>
      worker.ask('exchangeCodes', { ...about, window }),
    );
    // No network gets as many codes as this asks for.
    const deviceCodes = await measure(
      'device codes',
      (worker, window) => worker.ask('askForDeviceCodes', { ...about, window }),
      connections,
    );
    const polls = await measure('polls', (worker, window) => worker.ask('pollDeviceCodes', { ...about, window }));
    await createPassingPolicy(server);
    await sleep(policyDelayMs);
    const judged = await repeat('tokens by secret under a policy', bySecret);
    const figures = {
      clientSecret: figuresOf('tokens', secret),
      clientSecretUnderPolicy: figuresOf('tokens', judged),
      clientCertificate: figuresOf('tokens', certificate),
      refreshToken: figuresOf('exchanges', refresh),
      authorizationCode: figuresOf('exchanges', code),
      deviceCode: { requests: figuresOf('requests', deviceCodes), pendingPolls: figuresOf('polls', polls) },
    };
    return { figures, postgres: server.database.version };
  },
});

const figuresOf = (unit: string, { perSecond, latency, parts, details }: MeasuredLoad): Figures => ({
  [`${unit}PerSecond`]: perSecond,
  ...latency,
  ...parts,
  ...details,
});
