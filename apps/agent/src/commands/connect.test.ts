import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalApiError } from '@holdfast/agent-runtime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  armError,
  type FakeControlPlane,
  type Reply,
  startFakeControlPlane,
  subscriptionId,
  tenantId,
} from '../testing/fake-control-plane.ts';
import { createFakeHimds, stoppedHimds } from '../testing/fake-himds.ts';
import { runIn, type TestWorld } from '../testing/test-world.ts';

const clientId = 'aaaaaaaa-2222-4333-8444-555555555555';
const group = `/subscriptions/${subscriptionId}/resourceGroups/servers`;
const machine = `${group}/providers/Microsoft.HybridCompute/machines/web01`;

let plane: FakeControlPlane;
let root: string;
let himds = createFakeHimds();
beforeEach(async () => {
  plane = await startFakeControlPlane();
  root = mkdtempSync(join(tmpdir(), 'connect-'));
  himds = createFakeHimds();
});
afterEach(() => {
  plane.close();
  rmSync(root, { recursive: true });
});

const place = ['-s', subscriptionId, '-g', 'servers', '-l', 'local'];
const account = ['-t', tenantId, '-i', clientId, '-p', 'xyzzy-canary'];
const connect = (extra: readonly string[] = [], world: Partial<TestWorld> = {}) =>
  runIn({ root, himds, ...world }, ['connect', '--endpoint', plane.origin, ...place, ...account, ...extra]);

describe('a connect', () => {
  test('signs in, creates the resource with the prepared key and completes', async () => {
    const { code, stdout } = await connect(['--tags', "Owner='the ops'", '--correlation-id', clientId]);
    expect(code).toBe(0);
    expect(stdout.split('\n').at(-2)).toMatch(
      /^time=\S+ level=info msg="Connected this machine\. VM Id=0000\S+ Resource/,
    );
    expect(plane.machines.get(machine)?.body).toEqual({
      location: 'local',
      tags: { Owner: 'the ops' },
      identity: { type: 'SystemAssigned' },
      properties: { vmId: himds.current.vmId, clientPublicKey: `key-of-${himds.current.vmId}` },
    });
    expect(himds.current).toMatchObject({
      state: 'Connected',
      resourceId: machine,
      target: { endpoint: plane.origin, tenantId, subscriptionId, cloud: 'Holdfast', correlationId: clientId },
    });
    const put = plane.calls.find(({ method }) => method === 'PUT');
    expect(put?.query.get('api-version')).toBe('2025-01-13');
    expect(put?.headers).toMatchObject({
      authorization: 'Bearer granted-token',
      'x-ms-correlation-request-id': clientId,
    });
  });

  test('asks for a token of the advertised audience with the secret in the body', async () => {
    await connect();
    const call = plane.calls.find(({ path }) => path.endsWith('/token'));
    expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 'xyzzy-canary',
      scope: `${plane.origin}/.default`,
    });
  });

  test('prints one JSON value with --json and keeps the warning on stderr', async () => {
    const { code, json, stderr } = await connect(['-j']);
    expect({ code, json }).toEqual({
      code: 0,
      json: { status: 'Connected', resourceId: machine, vmId: himds.current.vmId },
    });
    expect(stderr.match(/level=warning/g)).toHaveLength(1);
    expect(stderr).toContain('Other users of this machine can read --service-principal-secret');
  });

  test('tells with --verbose what it asks the control plane', async () => {
    const { stdout } = await connect(['-v']);
    expect(stdout).toContain(`PUT ${plane.origin}${machine}?api-version=2025-01-13 answered 200`);
  });

  test('creates a resource group that is absent', async () => {
    plane.groups.clear();
    expect((await connect()).code).toBe(0);
    expect(plane.groups).toEqual(new Set([group]));
  });

  test('does without reading the group when the account may only onboard', async () => {
    plane.intercept(({ path }) => (path === group ? armError(403, 'AuthorizationFailed', 'no read') : undefined));
    expect((await connect()).code).toBe(0);
    expect(plane.calls.some(({ method, path }) => method === 'PUT' && path === group)).toBe(false);
  });

  test('finds the subscription by its name', async () => {
    expect((await connect(['-s', 'production'])).code).toBe(0);
    expect(plane.machines.has(machine)).toBe(true);
  });

  test('warns of a clock that is wrong and goes on', async () => {
    plane.intercept(({ path }) =>
      path === '/metadata/endpoints'
        ? { ...metadataReply(plane), headers: { date: new Date(86_400_000).toUTCString() } }
        : undefined,
    );
    const { code, stderr } = await connect();
    expect(code).toBe(0);
    expect(stderr).toMatch(/The clock of this machine is \d+ s ahead of the control plane's/);
  });

  test('waits for a control plane that restarts, and says so', async () => {
    const outages: Record<string, number> = { '/token': 1, '/machines/web01': 2 };
    plane.intercept(({ path }) => {
      const [part] = Object.keys(outages).filter((each) => path.endsWith(each) && (outages[each] ?? 0) > 0);
      if (part === undefined) return undefined;
      outages[part] = (outages[part] ?? 0) - 1;
      return armError(503, 'ServiceUnavailable', 'later');
    });
    const { code, stderr } = await connect();
    expect(code).toBe(0);
    expect(stderr).toMatch(/Sign-in is not available \(HTTP 503\)\. Trying again in 1 s/);
    expect(stderr).toMatch(/The resource manager is not available \(HTTP 503\)\. Trying again in 2 s/);
  });
});

describe('a repeated connect', () => {
  const killed = () => Promise.reject(new Error('killed'));
  const cuts = {
    'once prepared': ({ prepare }: typeof himds) => {
      himds.prepare = (target) => prepare(target).then(killed);
    },
    'once the resource is made': () => {
      plane.intercept(({ method, path, body }) => {
        if (method !== 'PUT' || path !== machine || plane.machines.has(path)) return undefined;
        plane.machines.set(path, { ...JSON.parse(body).properties, body: {} });
        return armError(400, 'Cut', 'the answer is lost');
      });
    },
    'before the certificate': () => {
      himds.complete = killed;
    },
  };

  test.each(Object.entries(cuts))('ends with one resource when cut off %s', async (_, cutOff) => {
    const whole = { ...himds };
    cutOff(himds);
    expect((await connect()).code).not.toBe(0);
    const { vmId } = himds.current;
    Object.assign(himds, { prepare: whole.prepare, complete: whole.complete });
    expect((await connect()).code).toBe(0);
    expect([...plane.machines.values()].map((each) => each.vmId)).toEqual([vmId]);
    expect(himds.current.state).toBe('Connected');
  });

  test('of a connected machine names the resource', async () => {
    await connect();
    const { code, json } = await connect(['-j']);
    expect(code).toBe(67);
    expect(json).toEqual({ error: expect.objectContaining({ code: 'AZCM0067', resourceId: machine }) });
  });
});

const metadataReply = ({ origin }: FakeControlPlane, changed = {}): Reply => {
  const authentication = { loginEndpoint: origin, audiences: [origin] };
  return { status: 200, body: { name: 'Holdfast', resourceManager: origin, authentication, ...changed } };
};

const entra = (description: string): Reply => ({
  status: 401,
  body: { error: 'invalid_client', error_description: `${description} Trace ID: 1 Correlation ID: 2` },
});

/** When the path ends so, answer so, and the connect fails so. */
const refusals: [ending: string, reply: Reply, code: number, words: string][] = [
  [
    '/token',
    entra('AADSTS7000215: Invalid client secret provided.'),
    41,
    'AADSTS7000215: Invalid client secret provided."',
  ],
  ['/token', entra("AADSTS90002: Tenant 'x' not found."), 41, "AADSTS90002: Tenant 'x' not found."],
  ['/token', { status: 403, body: '<html>proxy</html>' }, 41, 'sign-in answered 403'],
  ['/token', { status: 200, body: {} }, 41, 'without an access token'],
  [
    '/endpoints',
    armError(400, 'InvalidHost', "does not answer for the host 'x'"),
    26,
    "does not answer for the host 'x'",
  ],
  ['/endpoints', { status: 404, body: '<html>' }, 26, 'does not answer like a control plane (it answered 404)'],
  ['/endpoints', { status: 200, body: '<html>' }, 26, 'does not answer like a control plane'],
  [
    '/machines/web01',
    armError(403, 'AuthorizationFailed', "The client 'x' may not"),
    42,
    "The client 'x' may not (Auth",
  ],
  ['/machines/web01', armError(401, 'InvalidAuthenticationToken', 'bad token'), 41, 'bad token'],
  ['/machines/web01', armError(404, 'SubscriptionNotFound', 'no subscription'), 42, 'no subscription'],
  ['/machines/web01', armError(409, 'Conflict', 'another VM id'), 44, 'another VM id'],
  ['/machines/web01', armError(409, 'ReadOnlyDisabledSubscription', 'disabled'), 42, 'disabled'],
  ['/machines/web01', armError(400, 'LocationNotAvailableForResourceType', "regions 'a,b'"), 20, "regions 'a,b'"],
  ['/machines/web01', armError(400, 'InvalidTag', 'bad tag'), 23, 'bad tag'],
  ['/machines/web01', { status: 502, body: 'bad gateway' }, 42, 'the answer was HTTP 502'],
  ['/resourceGroups/servers', armError(400, 'LocationNotAvailableForResourceGroup', 'none'), 20, 'none'],
];

describe('a refusal', () => {
  test.each(refusals)('at %s of %j is AZCM%i', async (ending, reply, code, words) => {
    plane.intercept(({ path }) => (path.endsWith(ending) ? reply : undefined));
    const ran = await connect();
    expect(ran.stdout).toContain(words);
    expect(ran.stdout).toContain(`level=fatal msg="AZCM00${code}: `);
    expect(ran.stdout).toContain('Recommended action: ');
    expect(ran.code).toBe(code);
    expect(plane.machines.size).toBe(0);
    expect(himds.current.state).toBe('NotConnected');
  });

  test('of a name that another machine has comes before anything is prepared', async () => {
    plane.machines.set(machine, { vmId: 'other', clientPublicKey: '', body: {} });
    const { code, stdout } = await connect();
    expect(code).toBe(44);
    expect(stdout).toContain(`${machine} exists with the VM id other`);
    expect(himds.current.state).toBe('NotConnected');
  });

  test.each([
    ['nowhere', "sees no subscription named 'nowhere'"],
    ['Twin', "several subscriptions are named 'Twin'"],
  ])('of the subscription %s is AZCM0068', async (name, words) => {
    const { code, stdout } = await connect(['-s', name]);
    expect({ code, said: stdout.includes(words) }).toEqual({ code: 68, said: true });
  });

  test('of the certificate is AZCM0081 with the words of himds', async () => {
    himds.refusal = new LocalApiError(502, { code: 'MachineKeyInUse', message: 'The key is in use.' });
    const { code, stdout } = await connect();
    expect(code).toBe(81);
    expect(stdout).toContain('The key is in use. (MachineKeyInUse)');
  });

  test('without himds says how to start it, before the network is used', async () => {
    const { code, stdout } = await connect([], { himds: stoppedHimds });
    expect(code).toBe(64);
    expect(stdout).toContain('systemctl start himdsd');
    expect(plane.calls).toEqual([]);
  });

  test('of a himds that hangs is AZCM0061', async () => {
    himds.status = () => new Promise(() => {});
    expect((await connect()).code).toBe(61);
  });

  test('of a user who is not root, on the real paths only', async () => {
    const { code } = await connect([], { root: '/' });
    expect(code).toBe(18);
    expect(plane.calls).toEqual([]);
  });

  test.each([['--private-link-scope'], ['--gateway-id']])('of %s, which is not there yet', async (option) => {
    const { code, stdout } = await connect([option, '/x']);
    expect(code).toBe(3);
    expect(stdout).toContain(`${option} is not supported by this version`);
  });

  test('of Ctrl+C is AZCM0011 at once', async () => {
    const ctrlC = new AbortController();
    himds.complete = async () => {
      ctrlC.abort();
      return new Promise(() => {});
    };
    expect((await connect([], { interrupted: ctrlC.signal })).code).toBe(11);
  });
});

describe('an access token', () => {
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
  const withToken = (token: string, extra: readonly string[] = []) =>
    runIn({ root, himds }, ['connect', '--endpoint', plane.origin, ...place, '--access-token', token, ...extra]);

  test('is used as it is, and names its tenant', async () => {
    const token = jwt({ exp: 4_000_000_000, tid: tenantId });
    expect((await withToken(token)).code).toBe(0);
    expect(himds.current.target?.tenantId).toBe(tenantId);
    expect(plane.calls.some(({ path }) => path.endsWith('/token'))).toBe(false);
    expect(plane.calls.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test.each([
    ['not-a-token', 12, 'it is not an access token'],
    [jwt({ exp: 1 }), 12, 'it expired at 1970-01-01T00:00:01.000Z'],
    [jwt({ exp: 4_000_000_000 }), 16, '--tenant-id'],
  ])('%s is refused', async (token, code, words) => {
    const ran = await withToken(token);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain(words);
    expect(ran.stdout).not.toContain(token);
  });

  test('that the resource manager refuses is AZCM0012', async () => {
    plane.intercept(({ path }) => (path.includes('/machines/') ? armError(401, 'Expired', 'too old') : undefined));
    expect((await withToken(jwt({ exp: 4_000_000_000, tid: tenantId }))).code).toBe(12);
  });
});

test('a secret is nowhere to be read: not in output, log or errors that repeat it', async () => {
  plane.intercept(({ path, body }) =>
    path.endsWith('/token')
      ? entra(`AADSTS1: '${new URLSearchParams(body).get('client_secret')}' is wrong`)
      : undefined,
  );
  const env = { AZCMAGENT_SERVICE_PRINCIPAL_SECRET: 'plugh-canary' };
  for (const extra of [[], ['-v'], ['-j', '-v'], ['--log-stderr']]) {
    const { code, stdout, stderr } = await connect(extra, { env });
    expect(code).toBe(41);
    expect(stdout + stderr).not.toContain('canary');
    expect(stdout + stderr).toContain("AADSTS1: '***' is wrong");
  }
  const log = readFileSync(join(root, 'var/opt/azcmagent/log/azcmagent.log'), 'utf8');
  expect(log).toContain('--service-principal-secret=***');
  expect(log).not.toContain('canary');
});
