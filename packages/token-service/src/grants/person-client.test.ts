import { addMs, days, minutes, newUuid, type Uuid } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { createTestClock, createTestDirectory, random } from '../../test/test-directory.ts';
import { createAssertionReplayGuard } from '../client-authentication/assertion-replay.ts';
import { createClientAuthenticator } from '../client-authentication/authenticate-client.ts';
import type { PresentedCredential } from '../client-authentication/presented-client.ts';
import type { RedirectKind } from '../dialect/redirect-uri.ts';
import { createCachedDirectory } from '../directory/cached-directory.ts';
import { newSignInNote } from '../sign-in-log/sign-in-note.ts';
import type { GrantRequest, GrantServices } from './grant.ts';
import { proveClient } from './person-client.ts';

const clock = createTestClock();
const { tenant, otherTenant, store, addClient } = createTestDirectory(clock);
const directory = createCachedDirectory(store, clock);
const authenticator = createClientAuthenticator({
  directory,
  replay: createAssertionReplayGuard(clock),
  issuerKeys: { find: () => Promise.reject(new Error('nobody is to be asked')) },
  clock,
});

const { client: confidential, secret } = addClient(tenant);
const { client: open } = addClient(tenant, { secrets: [] });
const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46' as Uuid;
const none: PresentedCredential = { kind: 'none' };
const withSecret = (text: string): PresentedCredential => ({ kind: 'secret', secret: text });

const prove = (appId: Uuid | undefined, credential: PresentedCredential, redirectKind: RedirectKind, at = tenant) => {
  const start = { at: clock.now(), correlationId: newUuid(random), address: '192.0.2.1', userAgent: '' };
  const note = newSignInNote({ ...start, flow: 'browser' });
  const presented = { appId, credential };
  const request = { presented, audiences: [], sender: '192.0.2.1', note } as unknown as GrantRequest;
  return proveClient(request, { tenant: at, redirectKind }, { directory, authenticator } as unknown as GrantServices);
};

describe('a program that redeems what a person allowed', () => {
  test.each<[string, Uuid, PresentedCredential, RedirectKind, string]>([
    ['on a server, with its secret', confidential.appId, withSecret(secret), 'web', 'secret'],
    ['on a computer, without', confidential.appId, none, 'publicClient', 'none'],
    ['in a browser, without', confidential.appId, none, 'spa', 'none'],
    ['on a computer, with its secret nevertheless', confidential.appId, withSecret(secret), 'publicClient', 'secret'],
    ['on a computer, that has no credential', open.appId, none, 'publicClient', 'none'],
    ['that everybody has', azureCli, none, 'publicClient', 'none'],
  ])('passes: %s', async (_, appId, credential, kind, proven) => {
    expect((await prove(appId, credential, kind)).credential).toBe(proven);
  });

  test.each<[string, Uuid | undefined, PresentedCredential, RedirectKind, number]>([
    ['on a server, without a credential', confidential.appId, none, 'web', 7000218],
    ['on a server, that has none', open.appId, none, 'web', 7000218],
    ['on a server, with a wrong secret', confidential.appId, withSecret('wrong'), 'web', 7000215],
    [
      'on a computer, with a wrong secret: what is shown is checked',
      confidential.appId,
      withSecret('wrong'),
      'publicClient',
      7000215,
    ],
    ['in a browser, with a wrong secret', confidential.appId, withSecret('wrong'), 'spa', 7000215],
    ['that has no credential, with some secret', open.appId, withSecret(secret), 'publicClient', 7000215],
    ['that everybody has, with some secret', azureCli, withSecret(secret), 'publicClient', 700025],
    ['that nobody knows', newUuid(random), none, 'publicClient', 700016],
    ['without a name', undefined, none, 'publicClient', 700016],
  ])('is refused: %s', async (_, appId, credential, kind, number) => {
    await expect(prove(appId, credential, kind)).rejects.toMatchObject({ name: 'OAuthError', number });
  });

  test('is not the one of the same secret in another tenant', async () => {
    await expect(prove(confidential.appId, withSecret(secret), 'web', otherTenant)).rejects.toMatchObject({
      number: 700016,
    });
  });

  test('proves itself with a secret as long as it lives', async () => {
    const { client, secret: short } = addClient(tenant);
    const [record] = client.secrets;
    if (record === undefined) throw new Error('no secret');
    const ended = { ...record, endsAt: addMs(clock.now(), -1) };
    const begins = { ...record, startsAt: addMs(clock.now(), minutes(1)), endsAt: addMs(clock.now(), days(1)) };
    for (const [kept, number] of [
      [ended, 7000222],
      [begins, 7000215],
    ] as const) {
      const { client: other } = addClient(tenant, { secrets: [kept] });
      await expect(prove(other.appId, withSecret(short), 'web')).rejects.toMatchObject({ number });
    }
  });
});
