import { decodeJwt } from 'jose';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmDevice, signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser, type Place, type TestBrowser } from '../../test/test-browser.ts';
import { createTestNetwork } from '../../test/test-network.ts';
import { putPolicy, requiring } from '../../test/test-policies.ts';
import { commandLine, type Fields, type TestProgram } from '../../test/test-program.ts';
import { createTestProvider, type TestProvider } from '../../test/test-provider.ts';

const network = await createTestNetwork();
let authority: TestAuthority;
let program: TestProgram;
let contoso: TestProvider;
beforeEach(async () => {
  authority = await createTestAuthority({ fetch: network.fetch });
  program = commandLine(authority);
  const { sealer, tenant } = authority;
  contoso = await createTestProvider({ network, sealer, tenantId: tenant.id, url: 'https://id.contoso.example/realm' });
  await authority.state.identityProviders.insert(contoso.record);
});
afterAll(() => network.close());

/** Presses the provider's button: where the browser is sent. */
const leave = async (browser: TestBrowser, changes: Fields = {}) => {
  const page = await browser.open(program.authorize(changes));
  const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  expect(page.html).toContain('Contoso ID');
  const away = await browser.post('/signin', { ctx, provider: contoso.record.id });
  return String(away.headers['location']);
};

const pathOf = (url: URL) => `${url.pathname}${url.search}`;

const whole = async (browser = createTestBrowser(authority), changes: Fields = {}): Promise<Place> =>
  browser.open(pathOf(contoso.signIn(await leave(browser, changes))));

describe('a sign-in at another provider', () => {
  test('makes a person of the first who comes, and finds them again', async () => {
    const idToken = async (place: Place) => decodeJwt((await program.redeem(place.answer['code'])).body.id_token);
    const browser = createTestBrowser(authority);
    const [first, second] = [await idToken(await whole(browser)), await idToken(await whole())];
    expect(second['oid']).toBe(first['oid']);
    expect(first).toMatchObject({ amr: ['fed'], tid: authority.tenant.id });
    expect(browser.cookies.has('__Host-holdfast-external')).toBe(false);
    expect(authority.signIns).toMatchObject([{ credential: { kind: 'external' }, outcome: { code: 0 } }, {}]);
    expect((await browser.open(program.authorize())).answer['code']).toBeDefined();
  });

  test.each<[string, Fields, string | null]>([
    ['prompt=login', { prompt: 'login' }, 'login'],
    ['max_age', { max_age: '60' }, 'login'],
    ['prompt=select_account', { prompt: 'select_account' }, 'select_account'],
    ['nothing', {}, null],
  ])('asks the provider for %s when the program does', async (_, changes, prompt) => {
    const url = new URL(await leave(createTestBrowser(authority), changes));
    expect(url.searchParams.get('prompt')).toBe(prompt);
  });

  test('counts in the browser that began it, and in no other', async () => {
    const browser = createTestBrowser(authority);
    const back = contoso.signIn(await leave(browser));
    const victim = createTestBrowser(authority);
    expect((await victim.open(pathOf(back))).error).toBe(50089);
    await leave(victim);
    expect((await victim.open(pathOf(back))).error).toBe(5001256);
    expect(victim.cookies.has('__Host-holdfast-session')).toBe(false);
    expect((await browser.open(pathOf(back))).answer['code']).toBeDefined();
    expect((await browser.open(pathOf(back))).error).toBe(50089);
  });

  test('does not count at the address of another provider', async () => {
    const { sealer, tenant } = authority;
    const wish = { network, sealer, tenantId: tenant.id, url: 'https://id.other.example' };
    const { record: other } = await createTestProvider(wish);
    await authority.state.identityProviders.insert(other);
    const browser = createTestBrowser(authority);
    const back = contoso.signIn(await leave(browser));
    back.pathname = `/federated/callback/${other.id}`;
    expect((await browser.open(pathOf(back))).error).toBe(5001256);
  });

  test('that the provider refuses is told on a page and in the log', async () => {
    const browser = createTestBrowser(authority);
    const back = contoso.signIn(await leave(browser));
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', '<script>alert(1)</script>');
    const page = await browser.open(pathOf(back));
    expect(page.error).toBe(5001256);
    expect(page.html).not.toContain('<script>alert');
    const found = { tenantId: authority.tenant.id, credential: { kind: 'external' }, outcome: { code: 5001256 } };
    expect(authority.signIns.at(-1)).toMatchObject(found);
  });

  test('of a stranger is refused where the provider makes no people', async () => {
    Object.assign(contoso.record, { createsUsers: false });
    expect((await whole()).error).toBe(50020);
    expect(authority.signIns.at(-1)).toMatchObject({ outcome: { code: 50020 } });
  });

  test('never takes over the account of somebody who bears the name here', async () => {
    const user = await authority.addUser(authority.tenant);
    contoso.behaviour.claims = {
      preferred_username: user.userPrincipalName,
      email: user.userPrincipalName,
      email_verified: true,
    };
    const place = await whole();
    const { body } = await program.redeem(place.answer['code']);
    expect(decodeJwt(body.id_token)['oid']).not.toBe(user.id);
  });

  test('is held to the tenant’s policies, with the factor that the provider vouches for', async () => {
    await whole();
    const [person] = (await authority.state.users.list(authority.tenant.id, { where: [], top: 9, after: undefined }))
      .items;
    await putPolicy(authority, { about: person ? [person.id] : [], grant: requiring({ kind: 'mfa' }) });
    expect((await whole()).title).toBe('Set up your authenticator app');
    contoso.behaviour.claims = { amr: ['pwd', 'mfa'] };
    expect((await whole()).answer['code']).toBeDefined();
  });

  test('approves devices too', async () => {
    const { body } = await program.askDevice();
    const browser = createTestBrowser(authority);
    const page = await browser.submit(await browser.open('/devicelogin'), { user_code: body.user_code });
    const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const away = await browser.post('/signin', { ctx, provider: contoso.record.id });
    const confirm = await browser.open(pathOf(contoso.signIn(String(away.headers['location']))));
    expect(confirm.title).toBe('Is this your device?');
    await browser.submit(confirm, {}, 'confirm');
    expect((await program.poll(body.device_code)).status).toBe(200);
  });

  test('of a provider of another tenant does not begin', async () => {
    const beyond = commandLine(authority, authority.otherTenant);
    const browser = createTestBrowser(authority);
    const page = await browser.open(beyond.authorize());
    expect(page.html).not.toContain('Contoso ID');
    const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const refused = await browser.post('/signin', { ctx, provider: contoso.record.id });
    expect(refused.answer).toMatchObject({ error: 'invalid_request' });
  });

  test('with a state too long for a cookie is refused before it begins', async () => {
    const browser = createTestBrowser(authority);
    const page = await browser.open(program.authorize({ state: 'x'.repeat(4_000) }));
    const ctx = /name="ctx" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const refused = await browser.post('/signin', { ctx, provider: contoso.record.id });
    expect(refused.answer['error_description']).toContain('too long');
  });

  test('leaves people with passwords as they were', async () => {
    const user = await authority.addUser(authority.tenant);
    expect((await signIn(createTestBrowser(authority), { program, user })).answer['code']).toBeDefined();
    const { body } = await program.askDevice();
    expect((await confirmDevice(createTestBrowser(authority), { user, userCode: body.user_code })).title).toBe(
      'Is this your device?',
    );
  });
});
