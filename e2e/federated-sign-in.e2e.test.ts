import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { answerPages, press } from './support/answer-pages.ts';
import { type ArmClient, armClient } from './support/arm-client.ts';
import { beginDevice, type Device, redeemDevice } from './support/device.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { openPage } from './support/open-page.ts';
import type { Site } from './support/site.ts';
import { command, startTrustingItself } from './support/trusting-itself.ts';
import { verifyToken } from './support/verify-token.ts';

// People of one tenant sign in to another, by OpenID Connect: the second is nothing but an OpenID provider to the first.

const test = testWithBrowser();

interface Partner {
  readonly tenant: string;
  readonly administrator: { readonly username: string; readonly password: string };
}

const send = async (graph: ArmClient, method: string, path: string, body: unknown): Promise<Record<string, string>> => {
  const answer = await graph.send(method, `/v1.0${path}`, { body });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return (answer.body ?? {}) as Record<string, string>;
};

const graphOf = async (site: Site, device: Device): Promise<ArmClient> => {
  const { access_token: token = '' } = await redeemDevice(site.bootstrap, device);
  return armClient(site.bootstrap.endpoint, token);
};

test('somebody of a provider signs in without a password here, and stays the same person', async ({
  site,
  browser,
  skip,
}) => {
  await startTrustingItself(site);
  const { bootstrap, folder } = site;
  const partner = await command<Partner>(site, 'tenant', 'create', '--name', 'Partner', '--domain', 'partner.example');
  const theirs = await openPage(browser, skip);
  const admin = await beginDevice(bootstrap);
  await theirs.goto(admin.url);
  await theirs.fill('input[name=user_code]', admin.code);
  await press(theirs, 'next');
  await answerPages(theirs, partner.administrator);
  const graph = await graphOf(site, admin);
  const app = await send(graph, 'POST', '/applications', { displayName: 'Holdfast of the others' });
  await send(graph, 'POST', '/servicePrincipals', { appId: app['appId'] });
  const { secretText = '' } = await send(graph, 'POST', `/applications/${app['id']}/addPassword`, {});
  const secretFile = join(folder, 'partner-secret');
  writeFileSync(secretFile, secretText, { mode: 0o600 });
  const issuer = `${bootstrap.endpoint}/${partner.tenant}/v2.0`;
  const client = ['--issuer', issuer, '--client-id', app['appId'] ?? '', '--client-secret-file', secretFile];
  const provider = await command<{ redirectUri: string }>(
    site,
    ...['identity-provider', 'add', '--name', 'Partner', ...client, '--creates-users'],
  );
  await send(graph, 'PATCH', `/applications/${app['id']}`, { web: { redirectUris: [provider.redirectUri] } });

  const people: unknown[] = [];
  for (const visit of ['first', 'second']) {
    const page = await openPage(browser, skip);
    const device = await beginDevice(bootstrap);
    await page.goto(device.url);
    await page.fill('input[name=user_code]', device.code);
    await press(page, 'next');
    await page.click('button[name=provider]');
    await page.waitForURL(/\/oauth2\/v2\.0\/authorize/);
    await answerPages(page, partner.administrator);
    expect(await page.locator('[data-outcome]').getAttribute('data-outcome'), visit).toBe('done');
    const { access_token: token = '' } = await redeemDevice(bootstrap, device);
    const claims = await verifyToken(bootstrap, token);
    expect(claims).toMatchObject({ tid: bootstrap.tenantId, amr: ['fed'], upn: expect.stringContaining('#EXT#@') });
    people.push(claims['oid']);
  }
  expect(people[0]).toBe(people[1]);
});
