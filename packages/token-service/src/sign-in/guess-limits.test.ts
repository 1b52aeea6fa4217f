import { newTotpSecret, totpLabel, type User } from '@holdfast/directory';
import { minutes, seconds } from '@holdfast/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmDevice, signIn, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority, testPassword } from '../../test/test-authority.ts';
import { createTestBrowser, type TestBrowser } from '../../test/test-browser.ts';
import { random } from '../../test/test-directory.ts';
import { commandLine, type TestProgram } from '../../test/test-program.ts';
import { totpCode } from '../../test/totp-code.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeEach(async () => {
  authority = await createTestAuthority();
  program = commandLine(authority);
});
afterEach(() => authority.app.close());

const from = (address: string): TestBrowser => createTestBrowser(authority, { address });

/** Tries a password once; the words it is answered with, or `in`. */
const tryOnce = async (browser: TestBrowser, username: string, password: string) => {
  const page = await browser.submit(await browser.open(program.authorize({ prompt: 'login' })), { username, password });
  return page.answer['code'] === undefined ? `${page.status} ${page.problem}` : 'in';
};

const guess = async (browser: TestBrowser, username: string, times: number) => {
  for (let count = 0; count < times; count += 1) await tryOnce(browser, username, `wrong ${count}`);
};

describe('wrong passwords', () => {
  test('close an account to the network they come from, and to no other', async () => {
    const user = await authority.addUser(authority.tenant);
    await guess(from('198.51.100.1'), user.userPrincipalName, 10);
    expect(await tryOnce(from('198.51.100.1'), user.userPrincipalName, testPassword)).toContain('429');
    expect(await tryOnce(from('198.51.100.2'), user.userPrincipalName, testPassword)).toBe('in');
    const other = await authority.addUser(authority.tenant);
    expect(await tryOnce(from('198.51.100.1'), other.userPrincipalName, testPassword)).toBe('in');
  });

  test('count for the whole network of an IPv6 customer, and not for the next', async () => {
    const user = await authority.addUser(authority.tenant);
    for (let host = 1; host <= 10; host += 1) await guess(from(`2001:db8:1:2::${host}`), user.userPrincipalName, 1);
    expect(await tryOnce(from('2001:db8:1:2:ffff::1'), user.userPrincipalName, testPassword)).toContain('429');
    expect(await tryOnce(from('2001:db8:1:3::1'), user.userPrincipalName, testPassword)).toBe('in');
  });

  test('are forgotten after a quarter of an hour, and after the right one', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = from('198.51.100.1');
    await guess(browser, user.userPrincipalName, 10);
    authority.clock.advance(minutes(15) + 1_000);
    await guess(browser, user.userPrincipalName, 9);
    expect(await tryOnce(browser, user.userPrincipalName, testPassword)).toBe('in');
    await guess(from('198.51.100.1'), user.userPrincipalName, 9);
    expect(await tryOnce(from('198.51.100.1'), user.userPrincipalName, testPassword)).toBe('in');
  });

  test('do not keep out a device on which the person signed in before', async () => {
    const user = await authority.addUser(authority.tenant);
    const own = from('198.51.100.1');
    await signIn(own, { program, user });
    await guess(from('198.51.100.1'), user.userPrincipalName, 10);
    expect(await tryOnce(own, user.userPrincipalName, testPassword)).toBe('in');
    await guess(own, user.userPrincipalName, 20);
    expect(await tryOnce(own, user.userPrincipalName, testPassword)).toContain('429');
    const another = await authority.addUser(authority.tenant);
    await guess(own, another.userPrincipalName, 10);
    expect(await tryOnce(own, another.userPrincipalName, testPassword)).toContain('429');
  });

  test('for ever other names close the network to strangers', async () => {
    const user = await authority.addUser(authority.tenant);
    const own = from('198.51.100.1');
    await signIn(own, { program, user });
    const keyed = authority.state.guesses;
    const count = keyed.count;
    // The second of the counters is the network's.
    keyed.count = async (keys, since) => (await count(keys, since)).map((each, at) => (at === 1 ? each + 198 : each));
    await guess(from('198.51.100.1'), 'a@first.example', 1);
    expect(await tryOnce(from('198.51.100.1'), 'b@first.example', 'x')).toContain('400');
    expect(await tryOnce(from('198.51.100.1'), 'c@first.example', 'x')).toContain('429');
    expect(await tryOnce(own, user.userPrincipalName, testPassword)).toBe('in');
  });

  test('say the same at every count, whether the name exists or not', async () => {
    const user = await authority.addUser(authority.tenant);
    const words = async (name: string, address: string) => {
      const heard = [];
      for (let count = 0; count < 12; count += 1) heard.push(await tryOnce(from(address), name, 'wrong'));
      return heard;
    };
    const [known, unknown] = [
      await words(user.userPrincipalName, '192.0.2.1'),
      await words('nobody@first.example', '192.0.2.2'),
    ];
    const nowhere = await words('nobody@second.example', '192.0.2.3');
    expect([unknown, nowhere]).toEqual([known, known]);
    expect(known.map((each) => each.slice(0, 3))).toEqual([...Array(10).fill('400'), '429', '429']);
  });

  test('sent all at once are no more than one by one', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = from('198.51.100.1');
    const page = await browser.open(program.authorize());
    const passwords = [...Array.from({ length: 24 }, (_, at) => `wrong ${at}`), testPassword];
    const tries = passwords.map((password) => browser.submit(page, { username: user.userPrincipalName, password }));
    const last = (await Promise.all(tries)).at(-1);
    expect([last?.status, last?.answer['code']]).toEqual([429, undefined]);
  });
});

describe('wrong codes of an authenticator', () => {
  const withTotp = async (): Promise<{ user: User; secret: string }> => {
    const user = await authority.addUser(authority.tenant);
    const secret = newTotpSecret(random);
    const sealedSecret = authority.sealer.seal(Buffer.from(secret), totpLabel(user.tenantId, user.id));
    await authority.state.users.update({ ...user, totp: { sealedSecret, lastStep: 0 } });
    return { user, secret };
  };

  test('close the account to the network after ten, and to everybody after fifty', async () => {
    const { user, secret } = await withTotp();
    const tryCodes = async (address: string, times: number) => {
      const browser = from(address);
      const page = await signIn(browser, { program, user });
      for (let count = 0; count < times; count += 1) await browser.submit(page, { otp: '000000' });
      return browser.submit(page, { otp: totpCode(secret, authority.clock.now()) });
    };
    expect((await tryCodes('198.51.100.1', 10)).status).toBe(429);
    for (const host of [2, 3, 4, 5]) await tryCodes(`198.51.100.${host}`, 10);
    expect((await tryCodes('198.51.100.9', 0)).status).toBe(429);
    authority.clock.advance(minutes(15) + seconds(1));
    expect((await tryCodes('198.51.100.9', 0)).answer['code']).toBeDefined();
  });

  test('sent all at once are no more than one by one', async () => {
    const { user, secret } = await withTotp();
    const browser = from('198.51.100.1');
    const page = await signIn(browser, { program, user });
    const { users } = authority.state;
    const claim = users.claimTotpStep;
    users.claimTotpStep = async (...step) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return claim(...step);
    };
    const codes = [totpCode(secret, authority.clock.now()), ...Array.from({ length: 20 }, () => '000000')];
    const [first] = await Promise.all(codes.map((otp) => browser.submit(page, { otp })));
    expect([first?.status, first?.answer['code']]).toEqual([429, undefined]);
  });
});

describe('wrong user codes', () => {
  test('are heard of after the sign-in only, and ten of them end the trying', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = from('198.51.100.1');
    for (let count = 0; count < 10; count += 1) {
      const start = await browser.submit(await browser.open('/devicelogin'), { user_code: 'BCDFGHJKL' });
      expect(start.title).toBe('Sign in');
      expect((await typePassword(browser, start, user)).error).toBe(70018);
    }
    const { body } = await program.askDevice();
    expect((await confirmDevice(browser, { user, userCode: body.user_code })).error).toBe(50053);
  });

  test('count the same when the code is another tenant’s', async () => {
    const { body } = await program.from({ segment: authority.otherTenant.id }).askDevice();
    const user = await authority.addUser(authority.tenant);
    const browser = from('198.51.100.1');
    for (let count = 0; count < 10; count += 1)
      expect((await confirmDevice(browser, { user, userCode: body.user_code })).error).toBe(70018);
    expect((await confirmDevice(browser, { user, userCode: body.user_code })).error).toBe(50053);
  });
});
