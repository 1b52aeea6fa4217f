import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type ArmCall, type ArmClient, armClient, signIn } from './support/arm-client.ts';
import { certificateCredential, secretCredential } from './support/azure.ts';
import { testWithSite } from './support/e2e-test.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import { groupScope, machinesIn, subscriptionScope } from './support/scopes.ts';
import { connectScripted, createScriptedMachine, type ScriptedMachine } from './support/scripted-machine.ts';
import type { Site } from './support/site.ts';

// What comes in wrong is refused with the status, code and words that clients know, and changes nothing.

interface Scene {
  readonly site: Site;
  readonly arm: ArmClient;
  readonly subscription: string;
  /** A resource group with one connected machine in it. */
  readonly group: string;
  readonly machine: string;
  readonly scripted: ScriptedMachine;
  readonly reader: ArmClient;
  /** Everything the resource manager holds, as it shows it. */
  contents(): Promise<unknown>;
}

const openScene = async (site: Site): Promise<Scene> => {
  const { bootstrap } = site;
  const arm = await signIn(bootstrap);
  const reader = await signIn(bootstrap, await site.principal({ role: 'Reader' }));
  const subscription = subscriptionScope(bootstrap);
  const group = groupScope(bootstrap);
  const machine = machinesIn(group, 'taken');
  const scripted = createScriptedMachine(bootstrap.endpoint);
  await connectScripted(arm, machine, scripted);
  const contents = async () => {
    const groups = await arm.send('GET', `${subscription}/resourcegroups${groups2024}`);
    const machines = await arm.send('GET', machinesIn(subscription) + machines2026);
    return [groups.body, machines.body];
  };
  return { site, arm, subscription, group, machine, scripted, reader, contents };
};

const groups2024 = '?api-version=2024-07-01';
const machines2026 = '?api-version=2026-07-15';
const local = { location: 'local' };

const test = testWithSite('--locations', 'local,north').extend('scene', { scope: 'file' }, ({ site }) =>
  openScene(site),
);

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly words: RegExp;
}

const refusal = (status: number, code: string, words: RegExp): Refusal => ({ status, code, words });

const expectRefused = async (answer: ReturnType<ArmClient['send']>, { status, code, words }: Refusal) => {
  expect(await answer).toMatchObject({ status, body: { error: { code, message: expect.stringMatching(words) } } });
};

const requests: Readonly<Record<string, [(scene: Scene) => readonly [string, string, ArmCall?], Refusal]>> = {
  'malformed JSON': [
    ({ group }) => ['PUT', `${group}-new${groups2024}`, { body: '{"location": "local"' }],
    refusal(400, 'InvalidRequestContent', /^The request content was invalid and could not be deserialized: '.+'\.$/),
  ],
  'a body of the wrong shape': [
    ({ machine }) => ['PATCH', machine + machines2026, { body: { tags: ['a'] } }],
    refusal(400, 'InvalidRequestContent', /tags/),
  ],
  'too large a body': [
    ({ group }) => ['PUT', `${group}-new${groups2024}`, { body: { ...local, tags: { a: 'x'.repeat(5_000_000) } } }],
    refusal(413, 'RequestContentTooLarge', /^The request content is larger than the 4194304 bytes allowed\.$/),
  ],
  'another media type': [
    ({ group }) => ['PUT', `${group}-new${groups2024}`, { body: local, headers: { 'content-type': 'text/plain' } }],
    refusal(415, 'UnsupportedMediaType', /'text\/plain' is not supported/),
  ],
  'no api-version': [
    ({ machine }) => ['GET', machine],
    refusal(400, 'MissingApiVersionParameter', /^The api-version query parameter \(\?api-version=\) is required/),
  ],
  'an unknown api-version of a provider': [
    ({ machine }) => ['GET', `${machine}?api-version=2015-01-01`],
    refusal(
      400,
      'NoRegisteredProviderFound',
      /^No registered resource provider found for location '' and API version '2015-01-01' for type '.*machines'\. The supported api-versions are '.*2026-07-15'/,
    ),
  ],
  'an unknown api-version of the resource manager': [
    ({ group }) => ['GET', `${group}?api-version=soon`],
    refusal(
      400,
      'InvalidApiVersionParameter',
      /^The api-version 'soon' is invalid\. The supported versions are '.+'\.$/,
    ),
  ],
  'an unknown location of a machine': [
    ({ machine }) => ['PUT', `${machine}-new${machines2026}`, { body: { location: 'mars' } }],
    refusal(
      400,
      'LocationNotAvailableForResourceType',
      /'mars' is not available for resource type .* 'local,north'\.$/,
    ),
  ],
  'an unknown location of a group': [
    ({ group }) => ['PUT', `${group}-new${groups2024}`, { body: { location: 'mars' } }],
    refusal(
      400,
      'LocationNotAvailableForResourceGroup',
      /'mars' is not available for resource group.* 'local,north'\.$/,
    ),
  ],
  'no location': [
    ({ machine }) => ['PUT', `${machine}-new${machines2026}`, { body: {} }],
    refusal(400, 'LocationRequired', /^The location property is required for this definition\.$/),
  ],
  'a name that another machine has': [
    ({ machine }) => ['PUT', machine + machines2026, { body: { ...local, properties: { vmId: randomUUID() } } }],
    refusal(409, 'Conflict', /^The machine 'taken' already exists in resource group 'servers' with another VM id/),
  ],
  'a name that is taken elsewhere': [
    ({ machine }) => ['PUT', machine + machines2026, { body: { location: 'north' } }],
    refusal(409, 'InvalidResourceLocation', /^The resource 'taken' already exists in location 'local'/),
  ],
  'a group that exists elsewhere': [
    ({ group }) => ['PUT', group + groups2024, { body: { location: 'north' } }],
    refusal(409, 'InvalidResourceGroupLocation', /^Invalid resource group location 'north'/),
  ],
  'a key that another machine has': [
    ({ machine, scripted: { clientPublicKey } }) => [
      'PUT',
      `${machine}-new${machines2026}`,
      { body: { ...local, properties: { clientPublicKey } } },
    ],
    refusal(409, 'Conflict', /^The public key already belongs to another machine/),
  ],
  'an impossible name': [
    ({ group }) => ['PUT', machinesIn(group, 'x'.repeat(55)) + machines2026, { body: local }],
    refusal(400, 'InvalidResourceName', /^The resource name 'x{55}' is invalid/),
  ],
  'an unknown subscription': [
    () => ['GET', `/subscriptions/${randomUUID()}/resourcegroups${groups2024}`],
    refusal(404, 'SubscriptionNotFound', /^The subscription '[0-9a-f-]{36}' could not be found\.$/),
  ],
  'an unknown group': [
    ({ machine }) => ['GET', machine.replace('/servers/', '/nowhere/') + machines2026],
    refusal(404, 'ResourceGroupNotFound', /^Resource group 'nowhere' could not be found\.$/),
  ],
  'a type that is not there': [
    ({ group }) => ['GET', `${group}/providers/Microsoft.HybridCompute/toasters${machines2026}`],
    refusal(404, 'InvalidResourceType', /^The resource type could not be found in the namespace/),
  ],
  'a version that has been overtaken': [
    ({ machine }) => ['PATCH', machine + machines2026, { body: { tags: {} }, headers: { 'if-match': '"0"' } }],
    refusal(412, 'PreconditionFailed', /If-Match/i),
  ],
};

test.for(Object.entries(requests))('%s', async ([, [call, expected]], { scene }) => {
  const before = await scene.contents();
  await expectRefused(scene.arm.send(...call(scene)), expected);
  expect(await scene.contents()).toEqual(before);
});

test('without a token, or with a foreign one, it is told where to sign in', async ({ scene }) => {
  const { endpoint, tenantId } = scene.site.bootstrap;
  const path = scene.machine + machines2026;
  const anonymous = await fetch(endpoint + path);
  expect(anonymous.status).toBe(401);
  expect(anonymous.headers.get('www-authenticate')).toBe(
    `Bearer authorization_uri="${endpoint}/${tenantId}", error="invalid_token", ` +
      `error_description="Authentication failed. The 'Authorization' header is missing."`,
  );
  const forged = armClient(endpoint, `${scene.arm.token.slice(0, -8)}AAAAAAAA`);
  await expectRefused(forged.send('DELETE', path), refusal(401, 'InvalidAuthenticationToken', /token is invalid/));
});

test('without the role it is told what is missing', async ({ scene }) => {
  const before = await scene.contents();
  const words =
    /^The client '.+' with object id '.+' does not have authorization to perform action 'Microsoft\.\S+' over scope '.+'/;
  const expected = refusal(403, 'AuthorizationFailed', words);
  const { reader, machine, group } = scene;
  await expectRefused(reader.send('DELETE', machine + machines2026), expected);
  await expectRefused(reader.send('PUT', `${machine}-new${machines2026}`, { body: local }), expected);
  await expectRefused(reader.send('PUT', group + groups2024, { body: local }), expected);
  expect(await scene.contents()).toEqual(before);
});

test('sign-in refuses in the words of Entra, and its clients pass them on', async ({ scene: { site } }) => {
  const { bootstrap, folder } = site;
  const known = await site.principal({ role: 'Reader' });
  const dates = { from: daysFromNow(-60), to: daysFromNow(-30) };
  const { certificateFile, bothFile } = makeCertificate({ folder, name: 'expired', ...dates });
  const expired = await site.principal({ role: 'Reader', certificateFile });
  const unknown = { ...known, appId: randomUUID() };
  const elsewhere = { ...bootstrap, tenantId: randomUUID() };
  const scope = `${bootstrap.endpoint}/.default`;
  const byCertificate = certificateCredential(bootstrap, expired, bothFile);
  const bySecret = secretCredential(bootstrap, { ...known, password: 'wrong' });
  const attempts = [
    [() => bySecret.getToken(scope), 401, /AADSTS7000215: Invalid client secret provided\. Ensure the secret/],
    [() => byCertificate.getToken(scope), 401, /AADSTS700027: .*\[Reason - The key used is expired/],
    [
      () => signIn(bootstrap, unknown),
      400,
      /^AADSTS700016: Application with identifier '.+' was not found in the directory/,
    ],
    [() => signIn(elsewhere, known), 400, /^AADSTS90002: Tenant '.+' not found\. Check to make sure/],
  ] as const;
  for (const [attempt, status, words] of attempts) {
    await expect(attempt()).rejects.toThrow(words);
    const refused = site.recorder.exchanges.filter(({ body }) =>
      words.test(JSON.parse(body || '{}').error_description),
    );
    expect(refused.map((exchange) => exchange.status)).toEqual([status]);
  }
});

test('a request signed in the past tells of the clock', async ({ scene: { scripted, contents } }) => {
  const before = await contents();
  const answer = await scripted.post('/agent/v1/certificate', {}, new Date(Date.now() - 600_000));
  expect(answer).toMatchObject({
    status: 401,
    body: {
      error: {
        code: 'MachineClockSkew',
        message: expect.stringMatching(
          /^The request was signed at .+, more than 300 seconds from .+ Correct the clock\.$/,
        ),
      },
    },
  });
  expect(await contents()).toEqual(before);
});
