import { X509Certificate } from 'node:crypto';
import { makeSelfSigned } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, machine, programs, tenantId } from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  const find = async () => {
    const application = await world.applications.find(tenantId, programs.plain.id);
    if (application === undefined) throw new Error('the application is gone');
    return application;
  };
  return { world, ask: createGraphHost(world), find };
};
const who = 'applicationAdministrator';
const plain = `/applications/${programs.plain.id}`;
const principal = `/servicePrincipals/${programs.plain.principalId}`;
const keyId = 'eeeeeeee-0000-4000-8000-000000000001';

describe.each([plain, principal])('a secret at %s', (path) => {
  test('is shown once, and kept as its digest', async () => {
    const { ask, find } = await open();
    const made = await ask(who, `POST ${path}/addPassword`, { passwordCredential: { displayName: null } });
    expect(made).toMatchObject({
      status: 200,
      body: {
        secretText: expect.stringMatching(/^[A-Za-z0-9][\w-]{42}$/),
        hint: made.body.secretText.slice(0, 3),
        displayName: 'Made on 2026-03-01',
        startDateTime: '2026-03-01T12:00:00.000Z',
        endDateTime: '2028-02-29T12:00:00.000Z',
      },
    });
    const { secrets } = await find();
    expect(secrets).toMatchObject([{ id: made.body.keyId, hint: made.body.hint }]);
    expect(JSON.stringify(secrets)).not.toContain(made.body.secretText);
    const read = await ask('member', `GET ${path}`);
    expect(read.body.passwordCredentials).toMatchObject([
      { keyId: made.body.keyId, secretText: null, lastUsedDateTime: null },
    ]);
    expect(JSON.stringify(read.body)).not.toContain(made.body.secretText);
  });

  test('lives as long as was asked for, and beside others', async () => {
    const { ask } = await open();
    const times = { startDateTime: '2026-04-01T00:00:00Z', endDateTime: '2036-04-01T00:00:00Z' };
    await ask(who, `POST ${path}/addPassword`, {});
    const second = await ask(who, `POST ${path}/addPassword`, { passwordCredential: { displayName: 'b', ...times } });
    expect(second.body).toMatchObject({
      startDateTime: '2026-04-01T00:00:00.000Z',
      endDateTime: '2036-04-01T00:00:00.000Z',
    });
    expect((await ask(who, `GET ${path}`)).body.passwordCredentials).toHaveLength(2);
  });

  test.each<[object, RegExp]>([
    [{ endDateTime: '2026-03-01T12:00:00Z' }, /end date/],
    [{ endDateTime: '2020-01-01T00:00:00Z' }, /end date/],
    [{ startDateTime: '2027-01-01T00:00:00Z', endDateTime: '2026-12-31T00:00:00Z' }, /end date/],
    [{ endDateTime: 'tomorrow' }, /endDateTime/],
    [{ secretText: 'mine' }, /'secretText'/],
    [{ keyId }, /'keyId'/],
  ])('is not made with %j', async (passwordCredential, words) => {
    const { ask } = await open();
    const reply = await ask(who, `POST ${path}/addPassword`, { passwordCredential });
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toMatch(words);
    expect(JSON.stringify(reply.body)).not.toContain('mine');
  });

  test('is removed by its id', async () => {
    const { ask, find } = await open();
    const { body } = await ask(who, `POST ${path}/addPassword`, {});
    const remove = () => ask(who, `POST ${path}/removePassword`, { keyId: body.keyId.toUpperCase() });
    expect((await remove()).status).toBe(204);
    expect((await find()).secrets).toEqual([]);
    expect((await remove()).body.error.message).toContain('No password credential found with keyId');
  });

  test('is one of fifty at most', async () => {
    const { ask } = await open();
    for (let at = 0; at < 50; at += 1) await ask(who, `POST ${path}/addPassword`, {});
    expect((await ask(who, `POST ${path}/addPassword`, {})).body.error.message).toMatch(/at most 50/);
  });
});

const [first, second, weak] = await Promise.all([
  makeSelfSigned({ name: 'first', days: 365_0 }),
  makeSelfSigned({ name: 'second', days: 365_0 }),
  makeSelfSigned({ name: 'weak', key: 'P-256', days: 365_0 }),
]);
/** As az takes it out of a PEM: base64 with its line breaks. */
const keyOf = ({ certificatePem }: { certificatePem: string }) =>
  certificatePem.replace(/-----[\w ]+-----/g, '').trim();
const thumbprintOf = ({ certificatePem }: { certificatePem: string }) =>
  new X509Certificate(certificatePem).fingerprint.replaceAll(':', '');
const entry = (of: { certificatePem: string }, more: object = {}) => ({
  '@odata.type': '#microsoft.graph.keyCredential',
  displayName: null,
  key: keyOf(of),
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  ...more,
});

describe.each([plain, principal])('a certificate at %s', (path) => {
  const set = async (ask: ReturnType<typeof createGraphHost>, ...keyCredentials: object[]) =>
    ask(who, `PATCH ${path}`, { keyCredentials });

  test('is registered with the line breaks and the id that az gives it', async () => {
    const { ask } = await open();
    expect((await set(ask, entry(first, { keyId, endDateTime: '2027-01-01T00:00:00Z' }))).status).toBe(204);
    expect((await ask('member', `GET ${path}`)).body.keyCredentials).toMatchObject([
      {
        keyId,
        customKeyIdentifier: thumbprintOf(first),
        displayName: 'CN=first',
        endDateTime: '2027-01-01T00:00:00.000Z',
        type: 'AsymmetricX509Cert',
        usage: 'Verify',
        key: null,
      },
    ]);
  });

  test('stays when the list names it, as az appends', async () => {
    const { ask } = await open();
    await set(ask, entry(first, { keyId }));
    const { keyCredentials } = (await ask(who, `GET ${path}`)).body;
    expect((await set(ask, ...keyCredentials, entry(second))).status).toBe(204);
    const both = (await ask(who, `GET ${path}`)).body.keyCredentials;
    expect(both.map((each: { customKeyIdentifier: string }) => each.customKeyIdentifier)).toEqual([
      thumbprintOf(first),
      thumbprintOf(second),
    ]);
    expect((await set(ask, both[1])).status).toBe(204);
    expect((await ask(who, `GET ${path}`)).body.keyCredentials).toEqual([both[1]]);
    expect((await set(ask)).status).toBe(204);
    expect((await ask(who, `GET ${path}`)).body.keyCredentials).toEqual([]);
  });

  test('counts no longer than it lasts itself', async () => {
    const { ask, find } = await open();
    await set(ask, entry(first, { startDateTime: '1999-01-01T00:00:00Z', endDateTime: '2999-01-01T00:00:00Z' }));
    const { validFromDate, validToDate } = new X509Certificate(first.certificatePem);
    expect((await find()).certificates).toMatchObject([{ startsAt: validFromDate, endsAt: validToDate }]);
  });

  test.each<[string, object, RegExp]>([
    ['is no base64', entry(first, { key: '<certificate>' }), /not base64/],
    ['is no certificate', entry(first, { key: 'AAAA' }), /not an X.509 certificate/],
    ['has a weak key', entry(weak), /RSA/],
    ['is not there', { keyId }, /no 'key'/],
    ['is of another type', entry(first, { type: 'Symmetric' }), /type/],
    ['is of another use', entry(first, { usage: 'Sign' }), /usage/],
    ['has ended', entry(first, { endDateTime: '2026-02-01T00:00:00Z' }), /end/],
    [
      'ends before it starts',
      entry(first, { startDateTime: '2027-02-01T00:00:00Z', endDateTime: '2027-01-01T00:00:00Z' }),
      /ends before it starts/,
    ],
    ['has a private key with it', entry(first, { privateKey: 'x' }), /'privateKey'/],
  ])('is refused that %s', async (_, wrong, words) => {
    const { ask, find } = await open();
    const reply = await set(ask, wrong);
    expect([reply.status, reply.body.error.code]).toEqual([400, 'Request_BadRequest']);
    expect(reply.body.error.message).toMatch(words);
    expect((await find()).certificates).toEqual([]);
  });

  test('has an id of its own', async () => {
    const { ask } = await open();
    expect((await set(ask, entry(first, { keyId }), entry(second, { keyId }))).body.error.message).toMatch(/twice/);
  });
});

test('an application is registered with a certificate at once', async () => {
  const { ask } = await open();
  const made = await ask(who, 'POST /applications', { displayName: 'ci', keyCredentials: [entry(first)] });
  expect(made.body.keyCredentials).toMatchObject([{ customKeyIdentifier: thumbprintOf(first) }]);
});

test('a machine’s identity has no credentials that could be changed here', async () => {
  const { ask } = await open();
  const path = `/servicePrincipals/${machine}`;
  expect((await ask('member', `GET ${path}`)).body).toMatchObject({
    servicePrincipalType: 'ManagedIdentity',
    passwordCredentials: [],
  });
  for (const [line, body] of [
    [`POST ${path}/addPassword`, {}],
    [`POST ${path}/removePassword`, { keyId }],
    [`PATCH ${path}`, { keyCredentials: [entry(first)] }],
    [`DELETE ${path}`, undefined],
  ] as const)
    expect((await ask('administrator', line, body)).status).toBe(400);
});

describe('trust in another issuer', () => {
  const path = `${plain}/federatedIdentityCredentials`;
  const github = {
    name: 'github-main',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:contoso/infra:ref:refs/heads/main',
    audiences: ['api://AzureADTokenExchange'],
    description: 'The main branch',
  };

  test('is given, read by id and name, changed and taken back', async () => {
    const { ask } = await open();
    const made = await ask(who, `POST ${path}`, github);
    expect(made).toMatchObject({ status: 201, body: { ...github, id: expect.any(String), lastUsedDateTime: null } });
    for (const key of [made.body.id, 'github-main', "name='github-main'"])
      expect((await ask('member', `GET ${path}/${key}`)).body).toMatchObject(github);
    expect((await ask(who, `PATCH ${path}/github-main`, { subject: 's', description: null })).status).toBe(204);
    expect((await ask('member', `GET ${path}`)).body.value).toMatchObject([
      { ...github, subject: 's', description: null },
    ]);
    expect((await ask(who, `DELETE ${path}/${made.body.id}`)).status).toBe(204);
    expect((await ask(who, `DELETE ${path}/${made.body.id}`)).status).toBe(404);
    expect((await ask('member', `GET ${path}`)).body.value).toEqual([]);
  });

  test.each<[number, object, RegExp]>([
    [400, { issuer: 'http://issuer.example' }, /https/],
    [400, { issuer: 'https://issuer.example/?x' }, /https/],
    [400, { issuer: 'https://user@issuer.example' }, /https/],
    [400, { issuer: 'file:///etc/passwd' }, /https/],
    [400, { name: 'a b' }, /name/],
    [400, { name: '../x' }, /name/],
    [400, { audiences: [] }, /audiences/],
    [400, { subject: '' }, /subject/],
    [400, { colour: 'red' }, /'colour'/],
  ])('%i: is not given with %j', async (status, change, words) => {
    const { ask } = await open();
    const reply = await ask(who, `POST ${path}`, { ...github, ...change });
    expect(reply.status).toBe(status);
    expect(reply.body.error.message).toMatch(words);
  });

  test('is given once for one subject, and once under one name', async () => {
    const { ask } = await open();
    await ask(who, `POST ${path}`, github);
    expect((await ask(who, `POST ${path}`, { ...github, name: 'other' })).body.error.message).toMatch(
      /issuer and subject/,
    );
    expect((await ask(who, `POST ${path}`, { ...github, subject: 'other' })).status).toBe(409);
    expect((await ask(who, `PATCH ${path}/github-main`, { name: 'other' })).status).toBe(400);
    expect((await ask(who, `PATCH ${path}/github-main`, { issuer: 'http://x.example' })).status).toBe(400);
  });
});
