import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Agent } from './support/agent.ts';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { processesOf } from './support/leftovers.ts';
import type { Finished } from './support/program.ts';
import { groupScope, machinesIn } from './support/scopes.ts';
import type { Principal, Site } from './support/site.ts';

// A token in the place of a credential: it may connect machines into one group, and the agent keeps nothing of it.

const query = '?api-version=2025-01-13';

const openOnboarding = async (site: Site) => {
  const scope = groupScope(site.bootstrap, 'handed-out');
  const administrator = await signIn(site.bootstrap);
  await administrator.send('PUT', `${scope}?api-version=2024-07-01`, { body: { location: 'local' } });
  const principal = await site.principal({ role: 'Azure Connected Machine Onboarding', scope });
  const arm = await signIn(site.bootstrap, principal);
  return { scope, administrator, principal, arm };
};

const test = testWithSite('--heartbeat-interval', '1').extend('onboarding', { scope: 'file' }, ({ site }) =>
  openOnboarding(site),
);

/** As a person types it, the token in the command line. */
const connect = (
  { bootstrap }: Site,
  machine: Agent,
  token: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Finished> => {
  const options = {
    endpoint: bootstrap.endpoint,
    'ca-file': bootstrap.caFile,
    'subscription-id': bootstrap.subscriptionId,
    'resource-group': 'handed-out',
    location: bootstrap.location,
    'access-token': token,
    ...more,
  };
  return machine.run('connect', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]));
};

const newMachine = async (site: Site, name: string): Promise<Agent> => {
  const machine = site.machine(name);
  await machine.startHimds();
  return machine;
};

test('connects a machine, with its tenant said or not', async ({ site, onboarding: { scope, administrator, arm } }) => {
  const { tenantId } = site.bootstrap;
  for (const [name, more] of [
    ['without-tenant', {}],
    ['with-tenant', { 'tenant-id': tenantId }],
  ] as const) {
    const machine = await newMachine(site, name);
    const connected = await connect(site, machine, arm.token, { 'resource-name': name, ...more });
    expect(connected, connected.output).toMatchObject({ code: 0 });
    expect(await machine.show()).toMatchObject({ status: 'Connected' });
    expect(await administrator.send('GET', machinesIn(scope, name) + query)).toMatchObject({ status: 200 });
    expect(placesOf(arm.token, machine)).toEqual([]);
  }
});

test('stands in the command line it was given in, and in no other', async ({ site, onboarding: { arm } }) => {
  const machine = await newMachine(site, 'watched');
  const commands = new Set<string>();
  let over = false;
  const connecting = connect(site, machine, arm.token).finally(() => {
    over = true;
  });
  while (!over) {
    for (const { command } of processesOf(site.folder)) if (command.includes(arm.token)) commands.add(command);
    await sleep(20);
  }
  const { code, output } = await connecting;
  expect(code, output).toBe(0);
  expect(output).not.toContain(arm.token);
  expect([...commands]).toEqual([expect.stringContaining(' connect ')]);
});

test('connects nothing elsewhere, and does nothing else', async ({ site, onboarding: { scope, arm } }) => {
  const machine = await newMachine(site, 'elsewhere');
  const elsewhere = await connect(site, machine, arm.token, { 'resource-group': site.bootstrap.resourceGroup });
  expect(elsewhere).toMatchObject({ code: 42, output: expect.stringContaining('AZCM0042') });
  expect(elsewhere.output).toContain('does not have authorization');
  const grants = `${scope}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01`;
  for (const [method, path] of [
    ['DELETE', machinesIn(scope, 'any') + query],
    ['DELETE', `${scope}?api-version=2024-07-01`],
    ['GET', grants],
  ] as const)
    expect([path, await arm.send(method, path)]).toMatchObject([path, { status: 403 }]);
});

/** The same claims but for some, under the signature of the old ones. */
const forged = (token: string, change: Readonly<Record<string, unknown>>): string => {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
  return [header, Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url'), signature].join('.');
};

const graphToken = async ({ bootstrap }: Site, { appId, password }: Principal): Promise<string> => {
  const answer = await fetch(`${bootstrap.endpoint}/${bootstrap.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: password,
      scope: 'https://graph.microsoft.com/.default',
    }),
  });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
};

interface Case {
  readonly what: string;
  readonly token: (site: Site, onboarding: { arm: ArmClient; principal: Principal }) => Promise<string>;
  readonly words: string;
}

const hour = 3600;
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

const cases: readonly Case[] = [
  {
    what: 'has expired',
    token: async (_, { arm }) => forged(arm.token, { exp: inSeconds(-hour) }),
    words: 'it expired at',
  },
  {
    what: 'was given a longer life by its holder',
    token: async (_, { arm }) => forged(arm.token, { exp: inSeconds(24 * hour) }),
    words: 'InvalidAuthenticationToken',
  },
  {
    what: 'is for another audience',
    token: (site, { principal }) => graphToken(site, principal),
    words: 'InvalidAuthenticationTokenAudience',
  },
  { what: 'is none', token: async () => 'an-access-token-of-somebody', words: 'not an access token' },
];

test.for(cases)(
  'is refused with AZCM0012 when it $what',
  async ({ what, token: make, words }, { site, onboarding }) => {
    const machine = await newMachine(site, what.replaceAll(' ', '-'));
    const token = await make(site, onboarding);
    const refused = await connect(site, machine, token, { 'tenant-id': site.bootstrap.tenantId });
    expect(refused).toMatchObject({ code: 12, output: expect.stringContaining('AZCM0012') });
    expect(refused.output).toContain(words);
    expect(refused.output).not.toContain(token);
    expect(placesOf(token, machine)).toEqual([]);
    expect(await machine.show()).toMatchObject({ status: 'Disconnected' });
  },
);

/** The files of the agent, logs and state, that a token stands in. */
const placesOf = (token: string, { state }: Agent): readonly string[] =>
  readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'utf8').includes(token));
