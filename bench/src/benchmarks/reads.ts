import { benchmark, type Figures, type Run } from '../benchmark.ts';
import { apiVersion } from '../load/connect-machine.ts';
import { type Connection, openConnection } from '../load/connection.ts';
import { type Request, renderRequest } from '../load/render-request.ts';
import { runLoad, serverOf } from '../load/run-load.ts';
import { type ClientCredentials, signIn } from '../load/sign-in.ts';
import { startWorkers } from '../load/worker-pool.ts';
import { latencyFigures, rounded } from '../measuring/distribution.ts';
import { runToEnd } from '../servers/child.ts';
import { type ControlPlane, holdfastProgram, startControlPlane } from '../servers/control-plane.ts';
import { seededGroup, seededMachine, seedMachines } from '../servers/seed-machines.ts';

const provider = 'providers/Microsoft.HybridCompute/machines';
const machinesInGroup = 100;

const parameters = { machines: 100_000, pages: 60, connections: 32, workers: 1, warmUpSeconds: 5, seconds: 20 };

/** Machines read one by one and by the page, by somebody who sees all and by somebody who sees one group. */
export const reads = benchmark({
  parameters,
  run: async (run) => {
    const { machines, pages } = run.parameters;
    const server = await startControlPlane(run);
    run.progress(`writing ${machines} machines`);
    const tables = await seedMachines(server, { machines, machinesInGroup });
    const everything = await signIn(server.bootstrap, server.bootstrap.automation);
    const ofOneGroup = await signIn(server.bootstrap, await readerOf(server, seededGroup(7)));
    run.progress('reading pages');
    const { subscriptionId } = server.bootstrap;
    const all = `/subscriptions/${subscriptionId}/${provider}?api-version=${apiVersion}`;
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${seededGroup(7)}/${provider}?api-version=${apiVersion}`;
    const read = (target: string, token: string, repeat: boolean) =>
      readPages(server, { target, token, pages, repeat });
    const figures = {
      pageOf1000: await read(all, everything, false),
      firstPageOf1000: await read(all, everything, true),
      groupOf100: await read(group, everything, true),
      subscriptionAsReaderOfOneGroup: await read(all, ofOneGroup, true),
      groupAsReaderOfOneGroup: await read(group, ofOneGroup, true),
      ...(await readOneByOne(server, everything, run)),
      tables,
    };
    return { figures, postgres: server.database.version };
  },
});

/** Somebody who may read one resource group and nothing else. */
const readerOf = async ({ dataFolder, bootstrap }: ControlPlane, group: string): Promise<ClientCredentials> => {
  const scope = `/subscriptions/${bootstrap.subscriptionId}/resourceGroups/${group}`;
  const options = ['--data', dataFolder, '--name', 'reader', '--role', 'Reader', '--scope', scope];
  const printed = await runToEnd([holdfastProgram, 'principal', 'create', ...options]);
  const { appId, password } = JSON.parse(printed) as { appId: string; password: string };
  return { clientId: appId, clientSecret: password };
};

interface Pages {
  readonly target: string;
  readonly token: string;
  readonly pages: number;
  /** The first page over and over, rather than page after page. */
  readonly repeat: boolean;
}

interface Page {
  readonly value: readonly unknown[];
  readonly nextLink?: string;
}

/** One client reads pages one after the other, each whole; the first few warm up and do not count. */
const readPages = async ({ bootstrap }: ControlPlane, { target, token, pages, repeat }: Pages): Promise<Figures> => {
  const connection = await openConnection(serverOf(bootstrap));
  const warmUp = 10;
  const latencies: number[] = [];
  let [next, bytes, machines]: [string, number, number] = [target, 0, 0];
  for (let page = 0; page < warmUp + pages; page += 1) {
    const { ms, body } = await timed(connection, renderRequest(bootstrap.endpoint, get(next, token)));
    if (page >= warmUp) latencies.push(ms);
    const { value, nextLink } = JSON.parse(body.toString()) as Page;
    [bytes, machines] = [body.length, value.length];
    next = repeat || nextLink === undefined ? target : nextLink.slice(bootstrap.endpoint.length);
  }
  connection.close();
  return { ...latencyFigures(latencies), machinesInLastPage: machines, bytesInLastPage: bytes };
};

const timed = async (connection: Connection, request: Buffer): Promise<{ ms: number; body: Buffer }> => {
  const begun = performance.now();
  const { status, body } = await connection.exchange(request);
  if (status !== 200) throw new Error(`a page answered ${status} ${body.toString()}`);
  return { ms: performance.now() - begun, body };
};

const get = (target: string, token: string): Request => ({
  method: 'GET',
  target,
  headers: { authorization: `Bearer ${token}` },
});

/** Machines from all over the subscription, many clients at a time. */
const readOneByOne = async (server: ControlPlane, token: string, run: Run<typeof parameters>): Promise<Figures> => {
  const { machines, connections, warmUpSeconds, seconds } = run.parameters;
  const { endpoint, subscriptionId } = server.bootstrap;
  const workers = startWorkers(run, run.parameters.workers);
  run.progress(`reading machines for ${warmUpSeconds} + ${seconds} seconds`);
  // A step without a common divisor visits machines far apart, none twice in a row.
  const places = Array.from({ length: Math.min(machines, 5000) }, (_, at) => (at * 7919) % machines);
  const requests = places.map((at) => {
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${seededGroup(Math.floor(at / machinesInGroup))}`;
    return get(`${group}/${provider}/${seededMachine(at)}?api-version=${apiVersion}`, token);
  });
  const load = await runLoad({
    server,
    workers,
    connections,
    warmUpSeconds,
    seconds,
    send: (worker, window) => worker.ask('sendRequests', { origin: endpoint, requests, window }),
  });
  return { machineGetsPerSecond: rounded(load.perSecond, 1), machineGet: load.latency, machineGetLoad: load.details };
};
