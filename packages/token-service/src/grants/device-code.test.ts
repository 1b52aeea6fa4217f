import { minutes, seconds } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmDevice, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { commandLine, registerProgram } from '../../test/test-program.ts';

let authority: TestAuthority;
beforeAll(async () => {
  authority = await createTestAuthority();
});
afterAll(() => authority.app.close());

/** A device that waits, and somebody with a browser. */
const waiting = async () => {
  const program = commandLine(authority);
  const { body } = await program.askDevice();
  const user = await authority.addUser(authority.tenant);
  return { program, user, browser: createTestBrowser(authority), body, code: body.device_code };
};

describe('a device code', () => {
  test('is asked for with words that people understand', async () => {
    const { body } = await waiting();
    expect(body).toMatchObject({
      verification_uri: `${authority.origin}/devicelogin`,
      expires_in: 900,
      interval: 5,
      message: `To sign in, use a web browser to open the page ${authority.origin}/devicelogin and enter the code ${body.user_code} to authenticate.`,
    });
    expect(body.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{9}$/);
    expect(body.device_code).toMatch(/^[\w-]{43}$/);
    const { body: v1 } = await commandLine(authority).from({ version: '' }).askDevice();
    expect(v1).toMatchObject({ verification_url: `${authority.origin}/devicelogin`, expires_in: '900', interval: '5' });
  });

  test('is pending until the person has confirmed, and then redeemed once', async () => {
    const { program, user, browser, body, code } = await waiting();
    expect(await program.poll(code)).toMatchObject({ status: 400, error: 'authorization_pending', number: 70016 });
    const confirm = await confirmDevice(browser, { user, userCode: body.user_code });
    expect(confirm).toMatchObject({ title: 'Is this your device?', status: 200 });
    expect(confirm.html).toContain('203.0.113.9');
    expect(confirm.html).toContain('Test program');
    authority.clock.advance(seconds(5));
    expect((await program.poll(code)).error).toBe('authorization_pending');
    expect((await browser.submit(confirm, {}, 'confirm')).title).toBe('You are signed in on your device');
    authority.clock.advance(seconds(5));
    const { body: tokens } = await program.poll(code);
    expect(decodeJwt(tokens.access_token)).toMatchObject({ oid: user.id, appid: program.appId, aud: authority.origin });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: user.id, aud: program.appId });
    expect(tokens.refresh_token).toMatch(/^[\w-]{43}$/);
    expect(await program.poll(code)).toMatchObject({ status: 400, error: 'bad_verification_code' });
    expect((await program.refresh(tokens.refresh_token)).status).toBe(200);
  });

  test('makes a device that polls too soon wait five seconds longer each time', async () => {
    const { program, code } = await waiting();
    const poll = async (afterSeconds: number) => {
      authority.clock.advance(seconds(afterSeconds));
      return (await program.poll(code)).error;
    };
    expect(await poll(0)).toBe('authorization_pending');
    expect(await poll(4)).toBe('slow_down');
    expect(await poll(9)).toBe('slow_down');
    expect(await poll(14)).toBe('slow_down');
    expect(await poll(20)).toBe('authorization_pending');
  });

  test('that the person declines is over for the device', async () => {
    const { program, user, browser, body, code } = await waiting();
    const confirm = await confirmDevice(browser, { user, userCode: body.user_code });
    expect((await browser.submit(confirm, {}, 'cancel')).title).toBe('Nothing was allowed');
    expect(await program.poll(code)).toMatchObject({ error: 'authorization_declined', number: 70017 });
    expect((await browser.submit(confirm, {}, 'confirm')).error).toBe(70018);
    expect((await program.poll(code)).error).toBe('authorization_declined');
  });

  test('ends after a quarter of an hour, for the device and for the person', async () => {
    const { program, user, browser, body, code } = await waiting();
    authority.clock.advance(minutes(15) + 1);
    expect(await program.poll(code)).toMatchObject({ error: 'expired_token', number: 70020 });
    expect((await confirmDevice(browser, { user, userCode: body.user_code })).error).toBe(70018);
  });

  test('belongs to the program that asked', async () => {
    const { user, browser, body, code } = await waiting();
    const other = await registerProgram(authority, { kind: 'publicClient', redirectUri: 'http://localhost' });
    await browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'confirm');
    expect(await other.poll(code)).toMatchObject({ error: 'invalid_grant', number: 700005 });
  });

  test('is for programs without a secret only', async () => {
    const server = await registerProgram(authority);
    expect(await server.askDevice()).toMatchObject({ status: 401, number: 7000218 });
    const allowed = await registerProgram(authority, { changes: { isFallbackPublicClient: true } });
    expect((await allowed.askDevice()).status).toBe(200);
  });

  test('is asked for twenty thousand times from one network in a quarter of an hour at most', async () => {
    const program = commandLine(authority).from({ address: '192.0.2.200' });
    const guesses = authority.state.guesses;
    const count = guesses.count;
    guesses.count = async (keys) => keys.map(() => 20_000);
    const refused = await program.askDevice();
    guesses.count = count;
    expect(refused).toMatchObject({ status: 429, error: 'temporarily_unavailable' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(5);
  });
});

describe('the person of a device', () => {
  test.each(['in small letters with a dash', 'with blanks'])('may type the code %s', async (how) => {
    const { user, browser, body } = await waiting();
    const code = body.user_code;
    const userCode = how.includes('blanks')
      ? ` ${code.slice(0, 3)} ${code.slice(3)} `
      : code.toLowerCase().replace(/^.../, '$&-');
    expect((await confirmDevice(browser, { user, userCode })).title).toBe('Is this your device?');
  });

  test.each(['', 'ABCDEFGHI', 'BCDFGHJK', '<b>'])('is told at once that %j is no code', async (userCode) => {
    const browser = createTestBrowser(authority);
    const page = await browser.submit(await browser.open('/devicelogin'), { user_code: userCode });
    expect(page).toMatchObject({ title: 'Enter the device code', status: 400 });
    expect(page.problem).toContain('This code is not known');
  });

  test('confirms although the browser is signed in, after choosing the account', async () => {
    const { user, browser, body } = await waiting();
    await browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'confirm');
    const { body: second } = await commandLine(authority).askDevice();
    const start = await browser.open('/devicelogin');
    const account = await browser.submit(start, { user_code: second.user_code });
    expect(account.title).toBe('Choose an account');
    const confirm = await browser.submit(account, {}, 'continue');
    expect(confirm.title).toBe('Is this your device?');
    expect((await browser.submit(confirm, {}, 'confirm')).title).toBe('You are signed in on your device');
  });

  test('of another tenant hears that there is no such code', async () => {
    const { body } = await waiting();
    const stranger = await authority.addUser(authority.otherTenant);
    const page = await confirmDevice(createTestBrowser(authority), { user: stranger, userCode: body.user_code });
    expect(page.error).toBe(70018);
    expect(page.html).not.toContain('First');
  });

  test('may be of any tenant where the device asked at none', async () => {
    const program = commandLine(authority).from({ segment: 'organizations' });
    const { body } = await program.askDevice();
    const user = await authority.addUser(authority.otherTenant);
    const browser = createTestBrowser(authority);
    await browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'confirm');
    expect(decodeJwt((await program.poll(body.device_code)).body.access_token)).toMatchObject({ tid: user.tenantId });
  });

  test('who declines consent ends it for the device too', async () => {
    const program = await registerProgram(authority, {
      kind: 'publicClient',
      redirectUri: 'http://localhost',
      consented: [],
    });
    const { body } = await program.askDevice();
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const confirm = await confirmDevice(browser, { user, userCode: body.user_code });
    const consent = await browser.submit(confirm, {}, 'confirm');
    expect(consent.title).toBe('Allow access?');
    expect((await browser.submit(consent, {}, 'decline')).title).toBe('Nothing was allowed');
    expect((await program.poll(body.device_code)).error).toBe('authorization_declined');
  });

  test('is warned before typing a password', async () => {
    const { browser, body } = await waiting();
    const page = await browser.submit(await browser.open('/devicelogin'), { user_code: body.user_code });
    expect(page.html).toContain('Go on only if you started this yourself');
    const user = await authority.addUser(authority.tenant);
    expect((await typePassword(browser, page, user)).title).toBe('Is this your device?');
  });
});
