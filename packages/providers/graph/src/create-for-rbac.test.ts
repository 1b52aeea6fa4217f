import { expect, test } from 'vitest';
import { createGraphHost } from './graph-host.test-support.ts';
import { createGraphWorld } from './graph-world.test-support.ts';

test('az ad sp create-for-rbac finds its way', async () => {
  const ask = createGraphHost(await createGraphWorld());
  const found = await ask('administrator', 'GET /servicePrincipals?$filter=displayName%20eq%20%27ci%27');
  expect(found).toMatchObject({ status: 200, body: { value: [] } });
  expect(await ask('administrator', 'GET /applications?$filter=startswith%28displayName%2C%27ci%27%29')).toMatchObject({
    status: 200,
    body: { value: [] },
  });
  const created = await ask('administrator', 'POST /applications', { displayName: 'ci', keyCredentials: [] });
  expect(created).toMatchObject({
    status: 201,
    body: { id: expect.any(String), appId: expect.any(String), passwordCredentials: [], identifierUris: [] },
  });
  const { id, appId } = created.body;
  const secret = await ask('administrator', `POST /applications/${id}/addPassword`, {
    passwordCredential: {
      displayName: 'rbac',
      startDateTime: '2026-03-01T12:00:00Z',
      endDateTime: '2027-03-01T12:00:00Z',
    },
  });
  expect(secret).toMatchObject({
    status: 200,
    body: { secretText: expect.stringMatching(/^[\w-]{43}$/), keyId: expect.any(String), displayName: 'rbac' },
  });
  const principal = await ask('administrator', 'POST /servicePrincipals', { appId, accountEnabled: true });
  expect(principal).toMatchObject({ status: 201, body: { id: expect.any(String), appId, displayName: 'ci' } });
  const asked = await ask(
    'administrator',
    `GET /servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '${appId}')`,
  );
  expect(asked.body.value).toMatchObject([{ id: principal.body.id, servicePrincipalNames: [appId] }]);
});
