import { expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, programs } from '../graph-world.test-support.ts';

const path = '/reports/appCredentialSignInActivities';

const open = async () => {
  const ask = createGraphHost(await createGraphWorld());
  for (const endDateTime of ['2026-03-20T00:00:00Z', '2027-03-01T00:00:00Z'])
    await ask('applicationAdministrator', `POST /applications/${programs.plain.id}/addPassword`, {
      passwordCredential: { displayName: endDateTime, endDateTime },
    });
  return ask;
};

test('every credential is listed with its end and its last use, and nothing that is secret', async () => {
  const ask = await open();
  const { status, body } = await ask('reader', `GET ${path}`);
  expect(status).toBe(200);
  const own = body.value.filter(({ appId }: { appId: string }) => appId === programs.plain.appId);
  expect(own).toMatchObject([
    {
      keyType: 'clientSecret',
      expirationDateTime: '2026-03-20T00:00:00.000Z',
      signInActivity: { lastSignInDateTime: null },
    },
    { expirationDateTime: '2027-03-01T00:00:00.000Z' },
  ]);
});

test('those that end soon can be asked for, and nothing else', async () => {
  const ask = await open();
  const soon = await ask('reader', `GET ${path}?$filter=expirationDateTime le 2026-04-01T00:00:00Z`);
  expect(soon.body.value.map((each: { expirationDateTime: string }) => each.expirationDateTime)).toEqual([
    '2026-03-20T00:00:00.000Z',
  ]);
  expect(await ask('reader', `GET ${path}?$filter=appId eq 'x'`)).toMatchObject({
    status: 400,
    body: { error: { code: 'Request_UnsupportedQuery' } },
  });
});
