import { newTotpSecret, totpLabel } from '@holdfast/directory';
import { hours, minutes, seconds, type Uuid } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIn, typePassword } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority, testPassword } from '../../test/test-authority.ts';
import { createTestBrowser, type Place } from '../../test/test-browser.ts';
import { random } from '../../test/test-directory.ts';
import { putPolicy, requiring } from '../../test/test-policies.ts';
import { commandLine, type TestProgram } from '../../test/test-program.ts';
import { totpCode } from '../../test/totp-code.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  program = commandLine(authority);
});
afterAll(() => authority.app.close());

const withTotp = async () => {
  const secret = newTotpSecret(random);
  const user = await authority.addUser(authority.tenant);
  const sealedSecret = authority.sealer.seal(Buffer.from(secret), totpLabel(user.tenantId, user.id));
  await authority.state.users.update({ ...user, totp: { sealedSecret, lastStep: 0 } });
  return { user, code: (ahead = 0) => totpCode(secret, new Date(authority.clock.now().getTime() + ahead)) };
};

const policyFor = (userId: Uuid) => putPolicy(authority, { about: [userId], grant: requiring({ kind: 'mfa' }) });

const idToken = async (place: Place) => decodeJwt((await program.redeem(place.answer['code'])).body.id_token);

describe('name and password', () => {
  test('a wrong password and a name that nobody bears are answered in the same words', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const attempts = [
      [user.userPrincipalName, 'wrong'],
      ['nobody@first.example', 'wrong'],
      ['nobody@nowhere.example', 'wrong'],
      ['<i>', ''],
      ['a\0b@first.example', 'x'],
    ] as const;
    const texts = [];
    for (const [username, password] of attempts) {
      const page = await browser.submit(await browser.open(program.authorize()), { username, password });
      expect([page.title, page.status]).toEqual(['Sign in', 400]);
      texts.push(page.problem);
    }
    expect(new Set(texts).size).toBe(1);
  });

  test('a name is found without its domain, in any letter case, with blanks around it', async () => {
    const user = await authority.addUser(authority.tenant);
    const [short = ''] = user.userPrincipalName.split('@');
    for (const username of [short, user.userPrincipalName.toUpperCase(), `  ${user.userPrincipalName} `]) {
      const browser = createTestBrowser(authority);
      const page = await browser.submit(await browser.open(program.authorize()), { username, password: testPassword });
      expect(page.answer['code']).toBeDefined();
    }
  });

  test('somebody who may not sign in hears so with the right password only', async () => {
    const user = await authority.addUser(authority.tenant, { enabled: false });
    const browser = createTestBrowser(authority);
    const page = await browser.open(program.authorize());
    const wrong = await browser.submit(page, { username: user.userPrincipalName, password: 'wrong' });
    expect(wrong.problem).toContain('invalid username or password');
    expect((await typePassword(browser, page, user)).problem).toContain('disabled');
  });

  test('somebody of another tenant cannot sign in here, whatever the password', async () => {
    const stranger = await authority.addUser(authority.otherTenant);
    const browser = createTestBrowser(authority);
    const page = await typePassword(browser, await browser.open(program.authorize()), stranger);
    expect(page.problem).toContain('invalid username or password');
    const anywhere = await signIn(browser, { program: program.from({ segment: 'common' }), user: stranger });
    expect(await idToken(anywhere).catch(() => ({}))).toEqual({});
    expect(anywhere.answer['iss']).toContain(authority.otherTenant.id);
  });

  test('login_hint fills in the name, and is no more than that', async () => {
    const browser = createTestBrowser(authority);
    const page = await browser.open(program.authorize({ login_hint: '"><script>alert(1)</script>' }));
    expect(page.html).not.toContain('<script');
    expect(page.html).toContain('&quot;&gt;&lt;script&gt;');
  });

  test('a password in an old form of hash is kept anew, and one that is current is not', async () => {
    const user = await authority.addUser(authority.tenant);
    await signIn(createTestBrowser(authority), { program, user });
    expect((await authority.state.users.find(user.tenantId, user.id))?.passwordHash).toBe(user.passwordHash);
  });
});

describe('a password that an administrator gave', () => {
  const begin = async () => {
    const user = await authority.addUser(authority.tenant, { mustChangePassword: true });
    const browser = createTestBrowser(authority);
    return { user, browser, page: await signIn(browser, { program, user }) };
  };
  const change = (given: Awaited<ReturnType<typeof begin>>, password: string, repeat = password) =>
    given.browser.submit(given.page, { new_password: password, repeat });

  test('is changed before anything else, and the sign-in goes on', async () => {
    const given = await begin();
    expect(given.page.title).toBe('Choose a new password');
    authority.clock.advance(1_000);
    const done = await change(given, 'lantern quarry thistle 9');
    expect((await idToken(done))['oid']).toBe(given.user.id);
    expect(await authority.state.users.find(given.user.tenantId, given.user.id)).toMatchObject({
      mustChangePassword: false,
    });
    const again = createTestBrowser(authority);
    const old = await signIn(again, { program, user: given.user });
    expect(old.problem).toContain('invalid username or password');
    const fields = { username: given.user.userPrincipalName, password: 'lantern quarry thistle 9' };
    expect((await again.submit(old, fields)).answer['code']).toBeDefined();
    expect((await change(given, 'another quarry thistle 9')).title).not.toBe('Choose a new password');
  });

  test.each([
    ['that differs from its repetition', 'lantern quarry thistle', 'lantern quarry', 'differ'],
    ['that is the old one', testPassword, testPassword, 'another password'],
    ['that is too short', 'a1!', 'a1!', '12'],
    ['that is common', 'password1234', 'password1234', ''],
  ])('is not replaced by one %s', async (_, password, repeat, words) => {
    const page = await change(await begin(), password, repeat);
    expect(page.title).toBe('Choose a new password');
    expect(page.problem).toContain(words);
  });

  test('is changed after the second factor, so that the first alone cannot take the account over', async () => {
    const { user, code } = await withTotp();
    const kept = await authority.state.users.find(user.tenantId, user.id);
    if (kept) await authority.state.users.update({ ...kept, mustChangePassword: true });
    const browser = createTestBrowser(authority);
    const otp = await signIn(browser, { program, user });
    expect(otp.title).toBe('Enter your code');
    const forced = await browser.submit(otp, {
      step: 'newPassword',
      new_password: 'lantern quarry thistle',
      repeat: 'lantern quarry thistle',
    });
    expect(forced.title).toBe('Enter your code');
    expect((await authority.state.users.find(user.tenantId, user.id))?.passwordHash).toBe(user.passwordHash);
    expect((await browser.submit(otp, { otp: code() })).title).toBe('Choose a new password');
  });
});

describe('a second factor', () => {
  test('is asked of whoever has one, and each code counts once', async () => {
    const { user, code } = await withTotp();
    const browser = createTestBrowser(authority);
    const page = await signIn(browser, { program, user });
    expect(page.title).toBe('Enter your code');
    expect((await browser.submit(page, { otp: '000000' })).problem).toContain('the code is wrong');
    const done = await browser.submit(page, { otp: code() });
    expect((await idToken(done))['amr']).toEqual(['pwd', 'otp', 'mfa']);
    const replayed = await browser.submit(page, { otp: code() });
    expect(replayed.problem).toContain('used before');
    const elsewhere = createTestBrowser(authority);
    const other = await signIn(elsewhere, { program, user });
    expect((await elsewhere.submit(other, { otp: code() })).title).toBe('Enter your code');
    authority.clock.advance(seconds(30));
    expect((await elsewhere.submit(other, { otp: code() })).answer['code']).toBeDefined();
  });

  test.each([-60_000, 60_001])('of %d ms away is too old or not yet due', async (ahead) => {
    const { user, code } = await withTotp();
    const browser = createTestBrowser(authority);
    const page = await signIn(browser, { program, user });
    expect((await browser.submit(page, { otp: code(ahead) })).title).toBe('Enter your code');
  });

  test('is set up where a policy wants one and there is none, after the password only', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program, user });
    await policyFor(user.id);
    const again = await browser.open(program.authorize());
    expect(again.title).toBe('Sign in');
    const page = await typePassword(browser, again, user);
    expect(page.title).toBe('Set up your authenticator app');
    const [, secret = ''] = /secret=([A-Z2-7]+)/.exec(page.html) ?? [];
    const wrong = await browser.submit(page, { otp: '000000' });
    expect(wrong.problem).toContain('the code is wrong');
    expect(wrong.html).toContain(secret);
    const done = await browser.submit(wrong, { otp: totpCode(secret, authority.clock.now()) });
    expect((await idToken(done))['amr']).toEqual(['pwd', 'otp', 'mfa']);
    authority.clock.advance(seconds(30));
    const next = await signIn(createTestBrowser(authority), { program, user });
    expect(next.title).toBe('Enter your code');
  });

  test('that somebody else set up in the meantime is the one that counts', async () => {
    const user = await authority.addUser(authority.tenant);
    await policyFor(user.id);
    const [thief, owner] = [createTestBrowser(authority), createTestBrowser(authority)];
    const [early, late] = [await signIn(thief, { program, user }), await signIn(owner, { program, user })];
    const secretOf = (page: Place) => /secret=([A-Z2-7]+)/.exec(page.html)?.[1] ?? '';
    const code = (page: Place) => totpCode(secretOf(page), authority.clock.now());
    expect((await owner.submit(late, { otp: code(late) })).answer['code']).toBeDefined();
    expect((await thief.submit(early, { otp: code(early) })).title).toBe('Enter your code');
  });
});

describe('a session', () => {
  const begun = async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    const place = await signIn(browser, { program, user });
    return { user, browser, place, name: browser.cookies.get('__Host-holdfast-session') };
  };

  test('signs the person in without a page, with the time and the session of the first sign-in', async () => {
    const { browser, place } = await begun();
    const first = await idToken(place);
    authority.clock.advance(minutes(10));
    const second = await idToken(await browser.open(program.authorize()));
    expect([second['sid'], second['auth_time'], second['oid']]).toEqual([
      first['sid'],
      first['auth_time'],
      first['oid'],
    ]);
  });

  test.each([
    ['prompt=login', { prompt: 'login' }, 'Sign in'],
    ['prompt=select_account', { prompt: 'select_account' }, 'Choose an account'],
    ['max_age=60 after two minutes', { max_age: '60' }, 'Sign in'],
    ['max_age=0', { max_age: '0' }, 'Sign in'],
  ])('is not taken silently for %s', async (_, changes, title) => {
    const { browser } = await begun();
    authority.clock.advance(minutes(2));
    expect((await browser.open(program.authorize(changes))).title).toBe(title);
  });

  test('has a new name, number and time after each sign-in, and the old name is worth nothing', async () => {
    const { user, browser, place, name } = await begun();
    authority.clock.advance(1_000);
    const again = await typePassword(browser, await browser.open(program.authorize({ prompt: 'login' })), user);
    const [first, second] = [await idToken(place), await idToken(again)];
    expect(second['sid']).not.toBe(first['sid']);
    expect(second['auth_time']).toBeGreaterThan(Number(first['auth_time']));
    expect(browser.cookies.get('__Host-holdfast-session')?.value).not.toBe(name?.value);
    const thief = createTestBrowser(authority);
    thief.cookies.set('__Host-holdfast-session', { value: name?.value ?? '', attributes: '' });
    expect((await thief.open(program.authorize())).title).toBe('Sign in');
  });

  test('lies in cookies that only this host gets, and no script', async () => {
    const { browser } = await begun();
    for (const [name, { attributes }] of browser.cookies) {
      expect(name).toMatch(/^__Host-/);
      expect(attributes).toMatch(/Path=\/;|Path=\/$/i);
      for (const needed of [/HttpOnly/i, /Secure/i, /SameSite=Lax/i]) expect(attributes).toMatch(needed);
      expect(attributes).not.toMatch(/Domain/i);
    }
    expect(browser.cookies.size).toBe(3);
  });

  test('ends after twelve hours, and when the person is disabled or their tokens are revoked', async () => {
    const [old, disabled, revoked] = [await begun(), await begun(), await begun()];
    authority.clock.advance(1_000);
    await authority.state.users.update({ ...disabled.user, enabled: false });
    await authority.state.users.update({ ...revoked.user, tokensValidFrom: authority.clock.now() });
    for (const { browser } of [disabled, revoked])
      expect((await browser.open(program.authorize())).title).toBe('Sign in');
    expect((await old.browser.open(program.authorize())).answer['code']).toBeDefined();
    authority.clock.advance(hours(12));
    expect((await old.browser.open(program.authorize())).title).toBe('Sign in');
  });

  test('of somebody else than the program means is offered, and not taken silently', async () => {
    const { user, browser } = await begun();
    const other = await authority.addUser(authority.tenant);
    const meaning = (login_hint: string, prompt?: string) => browser.open(program.authorize({ login_hint, prompt }));
    expect((await meaning(other.userPrincipalName)).title).toBe('Choose an account');
    expect((await meaning(other.userPrincipalName, 'none')).answer['error']).toBe('login_required');
    for (const hint of [user.userPrincipalName.toUpperCase(), 'O.CiQ0', user.id])
      expect((await meaning(hint, 'none')).answer['code']).toBeDefined();
  });

  test('can be left for another account', async () => {
    const { browser } = await begun();
    const other = await authority.addUser(authority.tenant);
    const choice = await browser.open(program.authorize({ prompt: 'select_account' }));
    const page = await browser.submit(choice, {}, 'other');
    expect(page.title).toBe('Sign in');
    expect((await idToken(await typePassword(browser, page, other)))['oid']).toBe(other.id);
  });
});

describe('prompt=none', () => {
  const silent = { prompt: 'none' };

  test('answers with a code where nothing is to be asked', async () => {
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program, user });
    expect((await browser.open(program.authorize(silent))).answer['code']).toBeDefined();
  });

  test('tells the program what would have been asked, and shows no page', async () => {
    const nobody = await createTestBrowser(authority).open(program.authorize(silent));
    expect(nobody).toMatchObject({ status: 303, answer: { error: 'login_required', state: 's' } });
    const user = await authority.addUser(authority.tenant);
    const browser = createTestBrowser(authority);
    await signIn(browser, { program, user });
    await policyFor(user.id);
    expect((await browser.open(program.authorize(silent))).answer['error']).toBe('login_required');
    expect((await browser.open(program.authorize({ prompt: 'none login' }))).answer['error']).toBe('invalid_request');
  });

  test('of a person with an authenticator says that interaction is required', async () => {
    const { user, code } = await withTotp();
    const browser = createTestBrowser(authority);
    const early = await authority.state.users.find(user.tenantId, user.id);
    if (early) await authority.state.users.update({ ...early, totp: undefined });
    await signIn(browser, { program, user });
    if (early) await authority.state.users.update(early);
    await policyFor(user.id);
    const { answer } = await browser.open(program.authorize(silent));
    expect(answer).toMatchObject({ error: 'interaction_required', suberror: 'basic_action' });
    const done = await browser.submit(await browser.open(program.authorize()), { otp: code() });
    expect(done.answer['code']).toBeDefined();
  });
});
