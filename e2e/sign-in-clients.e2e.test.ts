import { AuthorizationCodeCredential, DeviceCodeCredential, InteractiveBrowserCredential } from '@azure/identity';
import { ConfidentialClientApplication, CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { answerDevice, answerPages } from './support/answer-pages.ts';
import { addSecret, registerApplication } from './support/applications.ts';
import type { Bootstrap } from './support/bootstrap.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { openLanding } from './support/landing.ts';
import { openPage } from './support/open-page.ts';
import { catchOpenedUrl } from './support/open-url.ts';
import { serveSpa } from './support/spa/serve-spa.ts';
import { verifyToken } from './support/verify-token.ts';

// People sign in through the libraries that programs use for it, told of nothing but the authority. How programs sign in
// as themselves is in azure-clients and managed-identity.

const test = testWithBrowser();

/** All that @azure/identity must be told of a private cloud. */
const identityOptions = ({ endpoint, tenantId }: Bootstrap) => ({
  tenantId,
  authorityHost: endpoint,
  disableInstanceDiscovery: true,
});

/** All that MSAL must be told. */
const msalOptions = ({ endpoint, tenantId }: Bootstrap) => ({
  authority: `${endpoint}/${tenantId}`,
  knownAuthorities: [new URL(endpoint).host],
});

const armScope = ({ endpoint }: Bootstrap): string => `${endpoint}/.default`;

const expectPerson = async (bootstrap: Bootstrap, token: string | undefined, appId?: string): Promise<void> => {
  const { admin, endpoint, tenantId } = bootstrap;
  const claims = await verifyToken(bootstrap, token ?? '');
  expect(claims).toMatchObject({ aud: endpoint, tid: tenantId, upn: admin.username, idtyp: 'user' });
  if (appId !== undefined) expect(claims).toMatchObject({ appid: appId });
};

test('DeviceCodeCredential asks once, and then renews by itself', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  let devices = 0;
  const credential = new DeviceCodeCredential({
    ...identityOptions(bootstrap),
    userPromptCallback: ({ verificationUri, userCode }) => {
      devices++;
      void answerDevice(page, { url: verificationUri, code: userCode }, bootstrap.admin);
    },
  });
  await expectPerson(bootstrap, (await credential.getToken(armScope(bootstrap))).token);
  expect(await credential.getToken(`https://graph.microsoft.com/.default`)).toMatchObject({
    token: expect.any(String),
  });
  expect(devices).toBe(1);
});

test('AuthorizationCodeCredential takes the code of a web application', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const { endpoint, tenantId, admin } = bootstrap;
  const page = await openPage(browser, skip);
  const landing = await openLanding();
  const app = await registerApplication(bootstrap, { displayName: 'Web', web: { redirectUris: [landing.uri] } });
  const secret = await addSecret(bootstrap, app);
  const query = new URLSearchParams({
    client_id: app.appId,
    response_type: 'code',
    redirect_uri: landing.uri,
    scope: `${armScope(bootstrap)} offline_access`,
    state: 'here',
  });
  const arrival = landing.arrival();
  await page.goto(`${endpoint}/${tenantId}/oauth2/v2.0/authorize?${query}`);
  expect(await answerPages(page, admin)).toEqual(['signin', 'accept']);
  const { searchParams } = await arrival;
  expect(searchParams.get('state')).toBe('here');
  const code = searchParams.get('code') ?? '';
  const options = identityOptions(bootstrap);
  const credential = new AuthorizationCodeCredential(tenantId, app.appId, secret, code, landing.uri, options);
  await expectPerson(bootstrap, (await credential.getToken(armScope(bootstrap)))?.token, app.appId);
});

test('InteractiveBrowserCredential opens the browser and waits for it', async ({ site, browser, skip }) => {
  const { bootstrap, folder } = site;
  const page = await openPage(browser, skip);
  const opened = catchOpenedUrl(folder);
  const credential = new InteractiveBrowserCredential(identityOptions(bootstrap));
  const token = credential.getToken(armScope(bootstrap));
  await Promise.race([opened().then((url) => page.goto(url)), token]);
  await answerPages(page, bootstrap.admin);
  await expectPerson(bootstrap, (await token).token);
});

test('msal-node signs a person in to a program without a secret', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  const app = await registerApplication(bootstrap, {
    displayName: 'Desktop',
    publicClient: { redirectUris: ['http://localhost'] },
  });
  const msal = new PublicClientApplication({ auth: { clientId: app.appId, ...msalOptions(bootstrap) } });
  const scopes = [armScope(bootstrap)];
  const result = await msal.acquireTokenInteractive({ scopes, openBrowser: (url) => walk(page, url, bootstrap) });
  await expectPerson(bootstrap, result.accessToken, app.appId);
  expect(result.account).toMatchObject({ username: bootstrap.admin.username, tenantId: bootstrap.tenantId });
  const { account } = result;
  if (account === null) throw new Error('msal-node knows nobody');
  expect(await msal.acquireTokenSilent({ scopes, account })).toMatchObject({ accessToken: result.accessToken });
  const renewed = await msal.acquireTokenSilent({ scopes, account, forceRefresh: true });
  expect(renewed).toMatchObject({ fromCache: false });
  expect(renewed.accessToken).not.toBe(result.accessToken);
  await expectPerson(bootstrap, renewed.accessToken, app.appId);
});

test('msal-node signs a person in to a web application with PKCE', async ({ site, browser, skip }) => {
  const { bootstrap } = site;
  const page = await openPage(browser, skip);
  const landing = await openLanding();
  const app = await registerApplication(bootstrap, { displayName: 'Site', web: { redirectUris: [landing.uri] } });
  const clientSecret = await addSecret(bootstrap, app);
  const msal = new ConfidentialClientApplication({
    auth: { clientId: app.appId, clientSecret, ...msalOptions(bootstrap) },
  });
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = { scopes: [armScope(bootstrap)], redirectUri: landing.uri, nonce: 'seen-once', state: 'here' };
  const pkce = { codeChallenge: challenge, codeChallengeMethod: 'S256' };
  const arrival = landing.arrival();
  await walk(page, await msal.getAuthCodeUrl({ ...request, ...pkce }), bootstrap);
  const code = (await arrival).searchParams.get('code') ?? '';
  await expect(msal.acquireTokenByCode({ ...request, code, codeVerifier: 'x'.repeat(43) })).rejects.toMatchObject({
    errorCode: 'invalid_grant',
  });
  const second = landing.arrival();
  await page.goto(await msal.getAuthCodeUrl({ ...request, ...pkce, prompt: 'none' }));
  const again = (await second).searchParams.get('code') ?? '';
  const result = await msal.acquireTokenByCode({ ...request, code: again, codeVerifier: verifier });
  await expectPerson(bootstrap, result?.accessToken, app.appId);
});

test('msal-browser signs in by redirect, gets tokens without the person, and signs out', async ({
  site,
  browser,
  skip,
}) => {
  const { bootstrap, recorder } = site;
  const page = await openPage(browser, skip);
  const spa = await serveSpa();
  const app = await registerApplication(bootstrap, { displayName: 'Page', spa: { redirectUris: [spa.uri] } });
  spa.settle({ clientId: app.appId, ...msalOptions(bootstrap) });
  const ready = () => page.waitForFunction('globalThis.spa');
  const leave = async (by: 'signIn' | 'signOut') => {
    const left = page.waitForURL(`${bootstrap.endpoint}/**`, { waitUntil: 'load' });
    await page.evaluate(`void spa.${by}()`);
    await left;
  };

  await page.goto(spa.uri);
  await ready();
  await leave('signIn');
  expect(await answerPages(page, bootstrap.admin)).toEqual(['signin', 'accept']);
  await ready();
  expect(await page.evaluate('spa.username')).toBe(bootstrap.admin.username);

  const scope = JSON.stringify(armScope(bootstrap));
  const token = (fresh: boolean) => page.evaluate<string>(`spa.token(${scope}, ${fresh})`);
  const first = await token(false);
  await expectPerson(bootstrap, first, app.appId);
  expect(await token(false)).toBe(first);
  const second = await token(true);
  expect(second).not.toBe(first);
  await expectPerson(bootstrap, second, app.appId);
  const grants = recorder.exchanges
    .filter(({ path, requestBody }) => path.includes('/oauth2/v2.0/token') && requestBody.includes(app.appId))
    .map(({ requestBody }) => new URLSearchParams(requestBody).get('grant_type'));
  expect(grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);

  await leave('signOut');
  await answerPages(page);
  await page.goto(spa.uri);
  await ready();
  await leave('signIn');
  // The consent was given; the session has ended.
  expect(await answerPages(page, bootstrap.admin)).toEqual(['signin']);
});

/** Goes where a program sends its person, and signs in there. */
const walk = async (page: Page, url: string, { admin }: Bootstrap): Promise<void> => {
  await page.goto(url);
  expect(await answerPages(page, admin)).toEqual(['signin', 'accept']);
};
