import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { press, textOf } from './support/answer-pages.ts';
import { type ArmClient, signIn } from './support/arm-client.ts';
import type { Bootstrap } from './support/bootstrap.ts';
import { beginDevice, redeemDevice } from './support/device.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { openPage } from './support/open-page.ts';
import { verifyToken } from './support/verify-token.ts';

// A person whose administrator gave them a password and wants a second factor of them: what they see at the first sign-in,
// and at the next. Every page is looked at by axe, too.

const test = testWithBrowser();
const [given, chosen] = ['lantern-orchard-velocity', 'copper-meadow-telescope'];

const preparePerson = async ({ endpoint }: Bootstrap, graph: ArmClient): Promise<string> => {
  const username = 'ada@holdfast.internal';
  const user = await graph.send('POST', '/v1.0/users', {
    body: {
      displayName: 'Ada',
      userPrincipalName: username,
      mailNickname: 'ada',
      accountEnabled: true,
      passwordProfile: { password: given, forceChangePasswordNextSignIn: true },
    },
  });
  expect(user, endpoint).toMatchObject({ status: 201 });
  const policy = await graph.send('POST', '/v1.0/identity/conditionalAccess/policies', {
    body: {
      displayName: 'Second factor',
      state: 'enabled',
      conditions: { users: { includeUsers: [user.body?.id] }, applications: { includeApplications: ['All'] } },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    },
  });
  expect(policy).toMatchObject({ status: 201 });
  // A policy is in force after ten seconds at most.
  await sleep(10_000);
  return username;
};

/** The code of an authenticator, at a moment from now. */
const otp = (secret: string, seconds: number): string => {
  const now = new Date(Date.now() + seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
  return execFileSync('oathtool', ['--totp', '--base32', `--now=${now} UTC`, '-'], {
    input: secret,
    encoding: 'utf8',
  }).trim();
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The pages run no script of their own or of anybody else's; the browser's tools may. */
const expectAccessible = async (page: Page): Promise<void> => {
  await page.evaluate(axe);
  const found = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe.run(),
  );
  expect(
    found.violations.map(({ id }) => id),
    await page.title(),
  ).toEqual([]);
};

const enter = async (page: Page, fields: Readonly<Record<string, string>>, button: string): Promise<void> => {
  await expectAccessible(page);
  for (const [name, value] of Object.entries(fields)) await page.fill(`input[name=${name}]`, value);
  await press(page, button);
};

const arrive = async (page: Page, bootstrap: Bootstrap, person: { username: string; password: string }) => {
  const device = await beginDevice(bootstrap);
  await page.goto(device.url);
  await enter(page, { user_code: device.code }, 'next');
  await enter(page, person, 'signin');
  return device;
};

const finishOn = async (page: Page): Promise<void> => {
  await enter(page, {}, 'confirm');
  expect(await page.locator('[data-outcome]').getAttribute('data-outcome')).toBe('done');
  await expectAccessible(page);
};

test('a given password is changed, an authenticator enrolled, and asked for from then on', async ({
  site: { bootstrap },
  browser,
  skip,
}) => {
  const username = await preparePerson(bootstrap, await signIn(bootstrap));
  const first = await openPage(browser, skip, { bypassCSP: true });
  const device = await arrive(first, bootstrap, { username, password: given });
  await enter(first, { new_password: 'password1234', repeat: 'password1234' }, 'change');
  expect(await textOf(first)).toMatch(/common|guess/i);
  await enter(first, { new_password: chosen, repeat: chosen }, 'change');
  const secret = (await first.locator('code').innerText()).replace(/\s/g, '');
  await enter(first, { otp: otp(secret, 0) }, 'verify');
  await finishOn(first);
  const { access_token: token = '', error_description: refusal } = await redeemDevice(bootstrap, device);
  expect(refusal).toBeUndefined();
  expect(await verifyToken(bootstrap, token)).toMatchObject({ upn: username, amr: expect.arrayContaining(['mfa']) });

  const second = await openPage(browser, skip, { bypassCSP: true });
  await arrive(second, bootstrap, { username, password: chosen });
  const used = otp(secret, 0);
  await enter(second, { otp: used === otp(secret, 30) ? '000000' : used }, 'verify');
  expect(await textOf(second)).toContain('the code is wrong, too old, or was used before');
  await enter(second, { otp: otp(secret, 30) }, 'verify');
  await finishOn(second);
});
