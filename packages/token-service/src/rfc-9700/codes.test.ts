import { minutes } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { commandLine, type Fields, registerProgram, type TestProgram } from '../../test/test-program.ts';

// RFC 9700 (OAuth 2.0 Security Best Current Practice) section by section: what concerns codes and tokens.

let authority: TestAuthority;
let web: TestProgram;
let spa: TestProgram;
let native: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  web = await registerProgram(authority);
  spa = await registerProgram(authority, { kind: 'spa', redirectUri: 'https://spa.example/cb' });
  native = await registerProgram(authority, { kind: 'publicClient', redirectUri: 'http://localhost' });
});
afterAll(() => authority.app.close());

const codeFor = async (program: TestProgram, changes: Fields = {}) => {
  const user = await authority.addUser(authority.tenant);
  return (await signIn(createTestBrowser(authority), { program, user, changes })).answer['code'];
};

describe('RFC 9700 section 2.1.1 and 4.8: PKCE cannot be left out or weakened', () => {
  const without = { code_challenge: undefined, code_challenge_method: undefined };

  test.each(['spa', 'native'] as const)('a program that keeps no secret (%s) must send a challenge', async (kind) => {
    const program = kind === 'spa' ? spa : native;
    const place = await createTestBrowser(authority).open(program.authorize(without));
    expect(place.answer).toMatchObject({ error: 'invalid_request' });
    expect(place.answer['error_description']).toContain('AADSTS9002325');
  });

  test.each<[string, Fields]>([
    ['plain', { code_challenge_method: 'plain' }],
    ['without a method, which means plain', { code_challenge_method: undefined }],
    ['of a method nobody knows', { code_challenge_method: 's256' }],
    ['too short', { code_challenge: 'x'.repeat(42) }],
    ['with other characters', { code_challenge: `${'x'.repeat(42)}=` }],
  ])('a challenge %s is refused', async (_, changes) => {
    for (const program of [web, spa, native]) {
      const place = await createTestBrowser(authority).open(program.authorize(changes));
      expect(place.answer['error_description']).toContain('AADSTS501491');
    }
  });

  test.each<[string, Fields]>([
    ['without a verifier', { code_verifier: undefined }],
    ['with another verifier', { code_verifier: 'x'.repeat(43) }],
    ['with a verifier that is too short', { code_verifier: 'x' }],
    ['with the challenge for a verifier', { code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }],
  ])('a code that has a challenge is not redeemed %s, and never after', async (_, changes) => {
    for (const program of [web, spa, native]) {
      const code = await codeFor(program);
      expect(await program.redeem(code, changes)).toMatchObject({ status: 400, number: 501481 });
      expect((await program.redeem(code)).status).toBe(400);
    }
  });

  test('a verifier for a code without a challenge means that somebody took the challenge away', async () => {
    const code = await codeFor(web, without);
    expect(await web.redeem(code)).toMatchObject({ status: 400, number: 501481 });
    expect((await web.redeem(await codeFor(web, without), { code_verifier: undefined })).status).toBe(200);
  });

  test('metadata says so', async () => {
    const metadata = await authority.app.inject(`/${authority.tenant.id}/v2.0/.well-known/openid-configuration`);
    expect(metadata.json()).toMatchObject({ code_challenge_methods_supported: ['S256'] });
  });
});

describe('RFC 9700 section 4.5: a code is worth nothing in other hands', () => {
  test('another program cannot redeem it, with its own proof of identity', async () => {
    const other = await registerProgram(authority);
    const code = await codeFor(web);
    expect(await other.redeem(code, { code_verifier: web.verifier })).toMatchObject({ status: 400, number: 700005 });
    expect((await web.redeem(code)).status).toBe(400);
  });

  test.each(['https://app.example/signed-in/', 'https://evil.example/', undefined])(
    'it is bound to its redirect URI: not %s',
    async (redirect_uri) => {
      expect(await web.redeem(await codeFor(web), { redirect_uri })).toMatchObject({ status: 400, number: 50112 });
    },
  );

  test('it is bound to its tenant', async () => {
    const away = commandLine(authority, authority.otherTenant);
    const program = commandLine(authority);
    const code = await codeFor(program);
    const reply = await away.redeem(code, { code_verifier: program.verifier });
    expect(reply).toMatchObject({ status: 400, number: 700005 });
    expect(JSON.stringify(reply.body)).not.toContain('First');
  });

  test('its nonce is in the ID token, and nowhere else', async () => {
    const { body } = await web.redeem(await codeFor(web, { nonce: 'n-1' }));
    expect(decodeJwt(body.id_token)).toMatchObject({ nonce: 'n-1' });
    expect(decodeJwt(body.access_token)).not.toHaveProperty('nonce');
    const { body: none } = await web.redeem(await codeFor(web, { nonce: undefined }));
    expect(decodeJwt(none.id_token)).not.toHaveProperty('nonce');
  });

  test('a second redemption fails and revokes what the first one brought', async () => {
    const code = await codeFor(web);
    const { body } = await web.redeem(code);
    expect(await web.redeem(code)).toMatchObject({ status: 400, number: 54005, error: 'invalid_grant' });
    expect(await web.refresh(body.refresh_token)).toMatchObject({ status: 400, number: 50173 });
  });

  test('redeemed twice at the same moment, at most one succeeds and its refresh token is dead', async () => {
    const code = await codeFor(native);
    const replies = await Promise.all([native.redeem(code), native.redeem(code), native.redeem(code)]);
    const good = replies.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    expect((await native.refresh(good[0]?.body.refresh_token)).status).toBe(400);
  });

  test('it is kept as a hash, and lives for five minutes', async () => {
    const code = await codeFor(web);
    authority.clock.advance(minutes(5) + 1);
    expect((await web.redeem(code)).number).toBe(70008);
  });
});

// Section 4.6 (access token injection) is about implicit answers, which there are none of: tokens come from the token
// endpoint alone, for a code that is bound to its program.

describe('RFC 9700 section 4.10 and 4.14: tokens are bound to their program', () => {
  const tokenOf = async (program: TestProgram) => (await program.redeem(await codeFor(program))).body.refresh_token;

  test('a refresh token of a server is worth nothing without its secret', async () => {
    const token = await tokenOf(web);
    expect((await web.refresh(token, { client_secret: undefined })).number).toBe(7000218);
    expect((await web.refresh(token, { client_secret: 'wrong' })).number).toBe(7000215);
    expect((await native.refresh(token)).number).toBe(700005);
  });

  test('one of a script is worth nothing outside of its own pages, and no page gets another’s', async () => {
    const token = await tokenOf(spa);
    for (const origin of [undefined, 'https://evil.example', 'null', 'https://spa.example.evil.example'])
      expect((await spa.from({ origin }).refresh(token)).number).toBe(9002327);
    expect((await spa.refresh(token)).status).toBe(200);
    for (const program of [web, native])
      expect((await program.from({ origin: 'https://spa.example' }).refresh(await tokenOf(program))).number).toBe(
        9002326,
      );
  });

  test('a script on the person’s own computer redeems from the port it was sent to', async () => {
    const local = await registerProgram(authority, { kind: 'spa', redirectUri: 'http://localhost:5173/' });
    const place = { redirect_uri: 'http://localhost:3000/' };
    const code = await codeFor(local, place);
    const from = (origin: string) => local.from({ origin });
    const verifier = { code_verifier: local.verifier };
    expect((await from('http://localhost:3000').redeem(code, { ...place, ...verifier })).status).toBe(200);
    const other = await codeFor(local, place);
    expect((await from('http://evil.example:3000').redeem(other, { ...place, ...verifier })).number).toBe(9002327);
  });

  test('one tenant’s is nothing at another', async () => {
    const program = commandLine(authority);
    const token = await tokenOf(program);
    expect(await program.from({ segment: authority.otherTenant.id }).refresh(token)).toMatchObject({ number: 700005 });
    expect((await program.refresh(token)).status).toBe(200);
  });
});

describe('RFC 9700 section 2.3: access tokens are for one resource and no more than was asked', () => {
  test('the audience is what was asked, and scopes are what was given', async () => {
    const { body } = await web.redeem(await codeFor(web));
    expect(decodeJwt(body.access_token)).toMatchObject({
      aud: authority.origin,
      scp: 'user_impersonation openid profile',
    });
  });
});

describe('RFC 9700 section 2.4: no password grant, and nothing else that is not listed', () => {
  test.each(['password', 'implicit', 'urn:ietf:params:oauth:grant-type:saml2-bearer', 'authorization_Code'])(
    '%s is refused',
    async (grant_type) => {
      expect(await web.redeem('x', { grant_type })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    },
  );
});

describe('RFC 9700 section 4.15: a program cannot pass for a person', () => {
  test('its own token says that it is a program’s, has no scp, and a subject that is no person’s', async () => {
    const asking = { grant_type: 'client_credentials', scope: 'https://management.azure.com/.default' };
    const { body } = await web.redeem(undefined, asking);
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ idtyp: 'app', sub: web.client?.objectId });
    expect(claims).not.toHaveProperty('scp');
  });
});
