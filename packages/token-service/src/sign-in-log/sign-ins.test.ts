import { newTotpSecret, totpLabel } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmDevice, signIn } from '../../test/sign-in-pages.ts';
import { createTestAuthority, type TestAuthority, testPassword } from '../../test/test-authority.ts';
import { createTestBrowser } from '../../test/test-browser.ts';
import { random } from '../../test/test-directory.ts';
import { putPolicy } from '../../test/test-policies.ts';
import { azureCli, commandLine, registerProgram, type TestProgram } from '../../test/test-program.ts';
import { totpCode } from '../../test/totp-code.ts';

let authority: TestAuthority;
let program: TestProgram;
beforeAll(async () => {
  authority = await createTestAuthority();
  program = commandLine(authority);
});
afterAll(() => authority.app.close());

const browserOf = () => createTestBrowser(authority, { address: '192.0.2.33', userAgent: 'Firefox/1' });
/** What was written down while something was done. */
const during = async (work: () => Promise<unknown>) => {
  const before = authority.signIns.length;
  await work();
  return authority.signIns.slice(before);
};
const inBrowser = { flow: 'browser', address: '192.0.2.33', userAgent: 'Firefox/1' };
const byPassword = { credential: { kind: 'password', id: undefined } };
const cli = { appId: azureCli, displayName: 'Azure CLI' };
const good = { outcome: { code: 0, reason: '' } };
const addUser = () => authority.addUser(authority.tenant);

describe('the sign-in log', () => {
  test('has one entry of a sign-in in a browser, and none of the code that continues it', async () => {
    const user = await addUser();
    const entries = await during(async () => {
      const { answer } = await signIn(browserOf(), { program, user });
      await program.redeem(answer['code']);
    });
    const principal = { kind: 'user', id: user.id, name: user.userPrincipalName };
    expect(entries).toEqual([
      expect.objectContaining({
        ...inBrowser,
        ...byPassword,
        ...good,
        principal,
        app: cli,
        tenantId: user.tenantId,
        resource: authority.origin,
        mfa: false,
        policies: [],
      }),
    ]);
  });

  test('has the browser’s next program too, which needed no password', async () => {
    const user = await addUser();
    const browser = browserOf();
    await signIn(browser, { program, user });
    const entries = await during(() => browser.open(program.authorize({ prompt: 'none' })));
    expect(entries).toMatchObject([{ ...inBrowser, ...good, principal: { id: user.id } }]);
  });

  test('knows whose password was guessed at, and keeps no password that was typed as a name', async () => {
    const user = await addUser();
    const browser = browserOf();
    const tryName = async (username: string) =>
      browser.submit(await browser.open(program.authorize()), { username, password: 'x' });
    const entries = await during(async () => {
      for (const name of [
        user.userPrincipalName,
        'nobody@first.example',
        testPassword,
        'Hunter2@!',
        'x@nowhere.example',
      ])
        await tryName(name);
    });
    expect(entries.map(({ principal: { kind, name } }) => [kind, name])).toEqual(
      [
        ['user', user.userPrincipalName],
        ['unknown', 'nobody@first.example'],
        ['unknown', '(not a user name)'],
        ['unknown', '(not a user name)'],
        ['unknown', 'x@nowhere.example'],
      ].slice(0, entries.length),
    );
    for (const entry of entries) expect(entry).toMatchObject({ ...inBrowser, outcome: { code: 50126 } });
    expect(JSON.stringify(entries)).not.toContain(testPassword);
  });

  test('has wrong second factors, and the right one', async () => {
    const user = await addUser();
    const secret = newTotpSecret(random);
    const sealedSecret = authority.sealer.seal(Buffer.from(secret), totpLabel(user.tenantId, user.id));
    await authority.state.users.update({ ...user, totp: { sealedSecret, lastStep: 0 } });
    const browser = browserOf();
    const entries = await during(async () => {
      const page = await signIn(browser, { program, user });
      await browser.submit(page, { otp: '000000' });
      await browser.submit(page, { otp: totpCode(secret, authority.clock.now()) });
    });
    expect(entries).toMatchObject([
      { outcome: { code: 500121 }, principal: { id: user.id }, mfa: false },
      { ...good, mfa: true },
    ]);
    expect(JSON.stringify(entries)).not.toContain('000000');
  });

  test('has attempts that a limit refused', async () => {
    const user = await addUser();
    const browser = browserOf();
    const entries = await during(async () => {
      const page = await browser.open(program.authorize());
      for (let count = 0; count < 11; count += 1)
        await browser.submit(page, { username: user.userPrincipalName, password: 'x' });
    });
    expect(entries.map(({ outcome }) => outcome.code)).toEqual([...Array(10).fill(50126), 50053]);
  });

  test('has what a policy refused, with the policy', async () => {
    const user = await addUser();
    const policy = await putPolicy(authority, { about: [user.id], grant: { kind: 'block' } });
    const entries = await during(() => signIn(browserOf(), { program, user }));
    const policies = [
      { id: policy.id, displayName: policy.displayName, result: 'failure', reason: expect.any(String) },
    ];
    expect(entries).toMatchObject([{ outcome: { code: 53003 }, principal: { id: user.id }, policies }]);
  });

  test('has a device’s person and the device, each from where it is', async () => {
    const user = await addUser();
    const browser = browserOf();
    const { body } = await program.askDevice();
    const entries = await during(async () => {
      await program.poll(body.device_code);
      await browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'confirm');
      await program.poll(body.device_code);
    });
    expect(entries).toMatchObject([
      { flow: 'deviceCode', address: '192.0.2.33', principal: { id: user.id }, ...good },
      { flow: 'deviceCode', address: '203.0.113.9', userAgent: 'Test program', principal: { id: user.id }, ...good },
    ]);
  });

  test('has codes of devices that nobody shows', async () => {
    const user = await addUser();
    const entries = await during(() => confirmDevice(browserOf(), { user, userCode: 'BCDFGHJKL' }));
    expect(entries).toMatchObject([{ flow: 'deviceCode', outcome: { code: 70018 }, principal: { id: user.id } }]);
  });

  test('has a device that its person declined', async () => {
    const user = await addUser();
    const browser = browserOf();
    const { body } = await program.askDevice();
    const entries = await during(async () =>
      browser.submit(await confirmDevice(browser, { user, userCode: body.user_code }), {}, 'cancel'),
    );
    expect(entries).toMatchObject([{ flow: 'deviceCode', outcome: { code: 70017 }, principal: { id: user.id } }]);
  });

  test('has refreshes, good and refused, by the person whose they are', async () => {
    const user = await addUser();
    const { answer } = await signIn(browserOf(), { program, user });
    const { body } = await program.redeem(answer['code']);
    const entries = await during(async () => {
      await program.refresh(body.refresh_token);
      authority.clock.advance(31_000);
      await program.refresh(body.refresh_token);
    });
    expect(entries).toMatchObject([
      { flow: 'refresh', ...good, principal: { id: user.id, name: user.userPrincipalName }, app: cli },
      { flow: 'refresh', outcome: { code: 70000 } },
    ]);
    expect(JSON.stringify(authority.signIns)).not.toContain(body.refresh_token);
  });

  test('names the credential with which a program redeemed', async () => {
    const web = await registerProgram(authority);
    const user = await addUser();
    const { answer } = await signIn(browserOf(), { program: web, user });
    const { body } = await web.redeem(answer['code']);
    const entries = await during(async () => {
      await web.refresh(body.refresh_token);
      await web.refresh(body.refresh_token, { client_secret: 'wrong' });
      await web.redeem(undefined, { grant_type: 'client_credentials', scope: 'https://management.azure.com/.default' });
    });
    const id = web.client?.secrets[0]?.id;
    expect(entries).toMatchObject([
      { flow: 'refresh', ...good, credential: { id } },
      { flow: 'refresh', outcome: { code: 7000215 } },
      {
        flow: 'clientCredentials',
        ...good,
        credential: { kind: 'secret', id },
        principal: { kind: 'servicePrincipal', id: web.client?.objectId },
      },
    ]);
  });

  test('has the correlation id that a program sent', async () => {
    const user = await addUser();
    const id = newUuid(random);
    const browser = browserOf();
    const entries = await during(() => signIn(browser, { program, user, changes: { 'client-request-id': id } }));
    expect(entries).toMatchObject([{ correlationId: id }]);
  });
});
