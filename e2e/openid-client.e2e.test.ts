import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { importPKCS8 } from 'jose';
import * as client from 'openid-client';
import { expect } from 'vitest';
import { answerDevice, answerPages } from './support/answer-pages.ts';
import { type ApplicationWish, addSecret, keyCredential, registerApplication } from './support/applications.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { openLanding } from './support/landing.ts';
import { openPage } from './support/open-page.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import type { Site } from './support/site.ts';
import { verifyToken } from './support/verify-token.ts';

// A client that knows the RFCs, and nothing of Entra's dialect.

const test = testWithBrowser();

const people = 'openid profile email offline_access';

const discover = async ({ bootstrap }: Site, clientId: string, how: client.ClientAuth): Promise<client.Configuration> =>
  client.discovery(new URL(`${bootstrap.endpoint}/${bootstrap.tenantId}/v2.0`), clientId, undefined, how);

const webApplication = async (site: Site, wish: Omit<ApplicationWish, 'web'>) => {
  const landing = await openLanding();
  const app = await registerApplication(site.bootstrap, { ...wish, web: { redirectUris: [landing.uri] } });
  const config = await discover(site, app.appId, client.ClientSecretPost(await addSecret(site.bootstrap, app)));
  return { app, landing, config };
};

test('code with PKCE, user info, refresh with rotation', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  const { app, landing, config } = await webApplication(site, { displayName: 'By the book' });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: landing.uri,
    scope: people,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const arrival = landing.arrival();
  await page.goto(url.href);
  expect(await answerPages(page, bootstrap.admin)).toEqual(['signin', 'accept']);
  const back = await arrival;
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  const tokens = await client.authorizationCodeGrant(config, back, checks);
  const claims = tokens.claims();
  expect(claims).toMatchObject({
    aud: app.appId,
    tid: bootstrap.tenantId,
    preferred_username: bootstrap.admin.username,
    nonce: expectedNonce,
  });

  const subject = claims?.sub ?? '';
  const info = await client.fetchUserInfo(config, tokens.access_token, subject);
  expect(info).toMatchObject({ sub: subject, name: claims?.['name'] });

  // An answer may be lost, so a refresh token is good for a moment after its use. One that comes later tells of theft:
  // what it led to ends as well.
  const used = tokens.refresh_token ?? '';
  const renewed = await client.refreshTokenGrant(config, used);
  expect(renewed.refresh_token).not.toBe(used);
  const { refresh_token: latest = '' } = await client.refreshTokenGrant(config, used);
  await sleep(31_000);
  for (const each of [used, latest, renewed.refresh_token ?? ''])
    await expect(client.refreshTokenGrant(config, each)).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('a code that comes twice ends what it led to', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  const { landing, config } = await webApplication(site, { displayName: 'Copied code' });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const code_challenge = await client.calculatePKCECodeChallenge(pkceCodeVerifier);
  const about = { code_challenge, code_challenge_method: 'S256' };
  const url = client.buildAuthorizationUrl(config, { redirect_uri: landing.uri, scope: people, ...about });
  const arrival = landing.arrival();
  await page.goto(url.href);
  await answerPages(page, bootstrap.admin);
  const back = await arrival;
  const tokens = await client.authorizationCodeGrant(config, back, { pkceCodeVerifier });
  await expect(client.authorizationCodeGrant(config, back, { pkceCodeVerifier })).rejects.toMatchObject({
    error: 'invalid_grant',
  });
  await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});

test('device authorization', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  const app = await registerApplication(bootstrap, { displayName: 'Television', isFallbackPublicClient: true });
  const config = await discover(site, app.appId, client.None());
  const device = await client.initiateDeviceAuthorization(config, { scope: people });
  expect(device).toMatchObject({ expires_in: 900, interval: 5 });
  const [tokens, answered] = await Promise.all([
    client.pollDeviceAuthorizationGrant(config, device),
    answerDevice(page, { url: device.verification_uri, code: device.user_code }, bootstrap.admin),
  ]);
  expect(answered.outcome).toBe('done');
  expect(tokens.claims()).toMatchObject({ aud: app.appId, preferred_username: bootstrap.admin.username });
});

test.for(['RS256', 'PS256'])('client credentials with private_key_jwt, %s', async (algorithm, { site }) => {
  const { bootstrap, folder } = site;
  const dates = { from: daysFromNow(-1), to: daysFromNow(30) };
  const { certificateFile, keyFile } = makeCertificate({ folder, name: algorithm, ...dates });
  const app = await registerApplication(bootstrap, {
    displayName: `Program ${algorithm}`,
    keyCredentials: [keyCredential(certificateFile)],
  });
  const key = await importPKCS8(pkcs8(keyFile), algorithm);
  const thumbprint = new X509Certificate(readFileSync(certificateFile)).fingerprint256.replaceAll(':', '');
  const kid = Buffer.from(thumbprint, 'hex').toString('base64url');
  const config = await discover(site, app.appId, client.PrivateKeyJwt({ key, kid }));
  const { access_token: token } = await client.clientCredentialsGrant(config, {
    scope: `${bootstrap.endpoint}/.default`,
  });
  expect(await verifyToken(bootstrap, token)).toMatchObject({ appid: app.appId, oid: app.objectId, idtyp: 'app' });
});

const pkcs8 = (keyFile: string): string =>
  createPrivateKey(readFileSync(keyFile)).export({ type: 'pkcs8', format: 'pem' }).toString();
