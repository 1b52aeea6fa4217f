import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, domain, people, programs, tenantId } from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  return { world, ask: createGraphHost(world) };
};
const who = 'applicationAdministrator';
const plain = `/applications/${programs.plain.id}`;

describe('an application', () => {
  test('is given back with everything that clients look at, set or not', async () => {
    const { ask } = await open();
    const { status, body } = await ask(who, 'POST /applications', { displayName: 'ci' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      displayName: 'ci',
      signInAudience: 'AzureADMyOrg',
      identifierUris: [],
      requiredResourceAccess: [],
      appRoles: [],
      tags: [],
      optionalClaims: null,
      isFallbackPublicClient: false,
      web: { redirectUris: [], homePageUrl: null, implicitGrantSettings: { enableIdTokenIssuance: false } },
      spa: { redirectUris: [] },
      publicClient: { redirectUris: [] },
      api: { oauth2PermissionScopes: [], requestedAccessTokenVersion: null },
      passwordCredentials: [],
      keyCredentials: [],
      createdDateTime: '2026-03-01T12:00:00.000Z',
    });
  });

  test('belongs to whoever registered it', async () => {
    const { ask } = await open();
    const { body } = await ask(who, 'POST /applications', { displayName: 'ci' });
    const owners = await ask('member', `GET /applications/${body.id}/owners`);
    expect(owners.body.value).toMatchObject([{ '@odata.type': '#microsoft.graph.user', id: people[who] }]);
  });

  test('keeps what we do not read, part by part', async () => {
    const { ask } = await open();
    const sets = async (body: object) => expect((await ask(who, `PATCH ${plain}`, body)).status).toBe(204);
    await sets({
      notes: 'n',
      tags: ['t'],
      web: { homePageUrl: 'https://h.example', redirectUris: ['https://r.example'] },
    });
    await sets({
      web: { logoutUrl: 'https://l.example' },
      api: { requestedAccessTokenVersion: 2 },
      isFallbackPublicClient: true,
    });
    await sets({ requiredResourceAccess: [{ resourceAppId: 'x', resourceAccess: [] }], notes: null });
    expect((await ask(who, `GET ${plain}`)).body).toMatchObject({
      notes: null,
      tags: ['t'],
      isFallbackPublicClient: true,
      requiredResourceAccess: [{ resourceAppId: 'x', resourceAccess: [] }],
      api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [] },
      web: { homePageUrl: 'https://h.example', logoutUrl: 'https://l.example', redirectUris: ['https://r.example'] },
    });
  });

  test('lends its new name to its service principal', async () => {
    const { ask } = await open();
    await ask(who, `PATCH ${plain}`, { displayName: 'renamed' });
    const filter = encodeURIComponent("displayName eq 'renamed'");
    const { body } = await ask('member', `GET /servicePrincipals?$filter=${filter}`);
    expect(body.value).toMatchObject([{ id: programs.plain.principalId }]);
  });

  test.each<[string, object, RegExp]>([
    ['an unknown property', { colour: 'red' }, /'colour'/],
    ['an unknown property of a part', { web: { redirects: [] } }, /'redirects'/],
    ['a property that only we set', { appId: programs.plain.appId }, /'appId'/],
    ['secrets, which we choose', { passwordCredentials: [] }, /'passwordCredentials'/],
    ['no name', { displayName: '' }, /displayName/],
    ['too much', { api: { x: 'x'.repeat(70_000) } }, /65536 bytes/],
  ])('does not take %s', async (_, body, words) => {
    const { ask } = await open();
    const reply = await ask(who, `PATCH ${plain}`, body);
    expect([reply.status, reply.body.error.code]).toEqual([400, 'Request_BadRequest']);
    expect(reply.body.error.message).toMatch(words);
  });

  test('is known by its id and its appId, and found as az looks for it', async () => {
    const { ask } = await open();
    const { id, appId } = programs.plain;
    expect((await ask('member', `GET /applications(appId='${appId}')`)).body.id).toBe(id);
    const found = async (filter: string) => {
      const { body } = await ask('member', `GET /applications?$filter=${encodeURIComponent(filter)}`);
      return body.value.map((each: { id: string }) => each.id);
    };
    expect(await found(`appId eq '${appId.toUpperCase()}'`)).toEqual([id]);
    expect(await found("startswith(displayName,'plain')")).toEqual([id]);
    expect(await found("identifierUris/any(s:s eq 'api://plain')")).toEqual([id]);
    expect(await found(`appId eq '${appId}' and displayName eq 'other'`)).toEqual([]);
    for (const key of [people.member, 'x', `appId='${people.member}'`, programs.foreign.id])
      expect((await ask('administrator', `GET /applications/${key}`)).status).toBe(404);
  });

  test('goes with its service principal', async () => {
    const { ask } = await open();
    expect((await ask(who, `DELETE ${plain}`)).status).toBe(204);
    expect((await ask(who, `GET ${plain}`)).status).toBe(404);
    expect((await ask(who, `GET /servicePrincipals/${programs.plain.principalId}`)).status).toBe(404);
  });
});

describe('a name by which tokens for an application may be asked', () => {
  const set = async (uri: string) => {
    const { ask } = await open();
    return ask(who, `PATCH ${plain}`, { identifierUris: [uri] });
  };
  test.each([
    `api://${programs.plain.appId}`,
    'api://ci',
    'api://ci/deploy',
    `https://${domain}/ci`,
    `https://ci.${domain}`,
  ])('%s may be its', async (uri) => {
    expect((await set(uri)).status).toBe(204);
  });

  test.each([
    'https://graph.microsoft.com',
    'https://management.azure.com',
    'https://graph.example',
    'https://arm.example/x',
    'https://elsewhere.example',
    `https://not${domain}`,
    `https://${domain}.elsewhere.example`,
    `https://${domain}/`,
    'api://ci/',
    'api://',
    'api://a b',
    'api://*',
    `https://user@${domain}`,
    `http://${domain}`,
    'urn:ci',
    'ci',
    '00000003-0000-0000-c000-000000000000',
    `api://${'x'.repeat(260)}`,
  ])('%s may not', async (uri) => {
    const { status, body } = await set(uri);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/identifierUris/);
  });

  test('is one application’s in its tenant', async () => {
    const reply = await set('api://owned');
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toBe(
      'Another object with the same value for property identifierUris already exists.',
    );
    expect((await set('api://foreign')).status).toBe(204);
  });
});

describe('a redirect URI', () => {
  const set = async (kind: string, uri: string) => {
    const { ask, world } = await open();
    const reply = await ask(who, `PATCH ${plain}`, { [kind]: { redirectUris: [uri] } });
    return { reply, application: await world.applications.find(tenantId, programs.plain.id) };
  };
  test.each([
    ['web', 'https://app.example/callback?x=1'],
    ['web', 'http://localhost:3000/callback'],
    ['spa', 'https://app.example'],
    ['spa', 'http://127.0.0.1:8080/'],
    ['publicClient', 'http://localhost'],
    ['publicClient', 'msal1234://auth'],
    ['publicClient', 'urn:ietf:wg:oauth:2.0:oob'],
  ] as const)('for %s may be %s', async (kind, uri) => {
    const { reply, application } = await set(kind, uri);
    expect(reply.status).toBe(204);
    expect(application?.redirectUris[kind]).toEqual([uri]);
  });

  test.each([
    ['web', 'http://app.example/callback'],
    ['web', 'https://app.example/callback#x'],
    ['web', 'https://*.app.example'],
    ['web', 'https://user:secret@app.example'],
    ['web', 'javascript:alert(1)'],
    ['web', 'myapp://auth'],
    ['spa', 'data:text/html,x'],
    ['spa', '/callback'],
    ['publicClient', 'javascript:alert(1)'],
    ['publicClient', 'file:///etc/passwd'],
    ['publicClient', 'https://app.example/a b'],
    ['publicClient', 'https://app.example/\r\nlocation:x'],
  ])('for %s may not be %s', async (kind, uri) => {
    const { reply } = await set(kind, uri);
    expect(reply.status).toBe(400);
    expect(reply.body.error.message).toContain(`cannot be registered for ${kind}`);
  });
});

describe('an owner', () => {
  const reference = (id: string, kind = 'directoryObjects') => ({
    '@odata.id': `https://graph.microsoft.com/v1.0/${kind}/${id}`,
  });
  test('is added once and removed once, by a reference as az or an SDK writes it', async () => {
    const { ask } = await open();
    const path = `${plain}/owners`;
    const ids = async () => (await ask('member', `GET ${path}`)).body.value.map((each: { id: string }) => each.id);
    expect((await ask(who, `POST ${path}/$ref`, reference(people.member))).status).toBe(204);
    const again = await ask(who, `POST ${path}/$ref`, reference(people.member, 'users'));
    expect(again.status).toBe(400);
    expect(again.body.error.message).toMatch(/added object references already exist .*'owners'/);
    await ask(who, `POST ${path}/%24ref`, reference(programs.owned.principalId, 'servicePrincipals'));
    expect(await ids()).toEqual([people.member, programs.owned.principalId]);
    expect((await ask(who, `DELETE ${path}/${people.member}/$ref`)).status).toBe(204);
    expect((await ask(who, `DELETE ${path}/${people.member}/$ref`)).status).toBe(404);
    expect(await ids()).toEqual([programs.owned.principalId]);
  });

  test.each<[number, object]>([
    [404, reference(people.foreigner)],
    [404, reference('eeeeeeee-0000-4000-8000-000000000001')],
    [400, reference('x')],
    [400, reference(programs.plain.id, 'planets')],
    [400, { '@odata.id': '' }],
    [400, {}],
    [400, reference('cccccccc-0000-4000-8000-000000000001')],
  ])('%i: is nobody as %j', async (status, body) => {
    const { ask } = await open();
    expect((await ask(who, `POST ${plain}/owners/$ref`, body)).status).toBe(status);
  });
});
