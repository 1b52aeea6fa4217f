import { expect } from 'vitest';
import { addSecret, keyCredential, registerApplication } from './support/applications.ts';
import { type ArmClient, signIn } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { daysFromNow, makeCertificate } from './support/openssl.ts';
import type { Site } from './support/site.ts';
import { assertionFor, tokenFrom } from './support/token-from.ts';

// "Certificate only, from 10.0.0.0/8", of one program. A test has no such network, so the location has a part of the
// loopback addresses beside it, and everything else there is outside.

const test = testWithSite();

const displayName = 'Certificate only, from the data centre';
const [inside, outside] = ['127.10.0.5', '127.0.0.1'];
const blocked = { status: 400, error_codes: [53_003] };
const granted = { status: 200, access_token: expect.any(String) };

const prepare = async (site: Site) => {
  const { bootstrap, folder } = site;
  const dates = { from: daysFromNow(-1), to: daysFromNow(30) };
  const certificate = makeCertificate({ folder, name: 'restricted', ...dates });
  const app = await registerApplication(bootstrap, {
    displayName: 'Restricted',
    keyCredentials: [keyCredential(certificate.certificateFile)],
  });
  const secret = { client_id: app.appId, client_secret: await addSecret(bootstrap, app) };
  const bySecret = (from: string) => tokenFrom(site, from, secret);
  const byCertificate = async (from: string) =>
    tokenFrom(site, from, await assertionFor(bootstrap, app.appId, certificate));
  return { graph: await signIn(bootstrap), app, bySecret, byCertificate };
};

const createPolicy = async (graph: ArmClient, principal: string): Promise<string> => {
  const location = await graph.send('POST', '/v1.0/identity/conditionalAccess/namedLocations', {
    body: {
      '@odata.type': '#microsoft.graph.ipNamedLocation',
      displayName: 'Data centre',
      isTrusted: true,
      ipRanges: ['10.0.0.0/8', '127.10.0.0/16'].map((cidrAddress) => ({
        '@odata.type': '#microsoft.graph.iPv4CidrRange',
        cidrAddress,
      })),
    },
  });
  expect(location).toMatchObject({ status: 201 });
  const policy = await graph.send('POST', policies, {
    body: {
      displayName,
      state: 'enabled',
      conditions: {
        clientApplications: { includeServicePrincipals: [principal] },
        applications: { includeApplications: ['All'] },
      },
      grantControls: {
        operator: 'AND',
        builtInControls: ['clientCertificate'],
        locations: [location.body?.id],
      },
    },
  });
  expect(policy).toMatchObject({ status: 201, body: { displayName } });
  return policy.body?.id ?? '';
};

const policies = '/v1.0/identity/conditionalAccess/policies';

/** What the log says of the program's sign-ins that ended in a certain way. */
const logged = async (graph: ArmClient, principal: string, errorCode: number, result: string) => {
  const filter = encodeURIComponent(`servicePrincipalId eq '${principal}'`);
  const { body } = await graph.send('GET', `/v1.0/auditLogs/signIns?$filter=${filter}`);
  const policy = expect.objectContaining({ displayName, result });
  const status = expect.objectContaining({ errorCode });
  return (body?.value ?? []).filter((entry) => {
    const wanted = expect.objectContaining({ status, appliedConditionalAccessPolicies: [policy] });
    return wanted.asymmetricMatch(entry);
  });
};

test('the policy refuses a secret and a wrong network and says so; report-only lets them pass and says so too', async ({
  site,
}) => {
  const { graph, app, bySecret, byCertificate } = await prepare(site);
  expect(await bySecret(outside)).toMatchObject(granted);
  expect(await byCertificate(outside)).toMatchObject(granted);

  const id = await createPolicy(graph, app.objectId);
  await eventually('the policy holds', async () => (await bySecret(outside)).status === 400);
  expect(await bySecret(inside)).toMatchObject(blocked);
  expect(await byCertificate(outside)).toMatchObject(blocked);
  expect(await byCertificate(inside)).toMatchObject(granted);
  const refusals = await eventually('both refusals are in the log', async () => {
    const found = await logged(graph, app.objectId, 53_003, 'failure');
    const places = new Set(found.map((entry) => `${entry['ipAddress']}`));
    return places.has(inside) && places.has(outside) && found;
  });
  expect(refusals[0]).toMatchObject({ appId: app.appId, resourceDisplayName: expect.any(String) });

  const reportOnly = { state: 'enabledForReportingButNotEnforced' };
  expect((await graph.send('PATCH', `${policies}/${id}`, { body: reportOnly })).status).toBeLessThan(300);
  await eventually('the policy holds no longer', async () => (await bySecret(outside)).status === 200);
  expect(await byCertificate(outside)).toMatchObject(granted);
  await eventually('the log says what would have been refused', async () => {
    const found = await logged(graph, app.objectId, 0, 'reportOnlyFailure');
    return found.length >= 2;
  });
});
