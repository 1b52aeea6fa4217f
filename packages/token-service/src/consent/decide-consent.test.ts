import type { Consent } from '@holdfast/directory';
import { type Uuid, unwrap } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { graphAppId, managementAppId } from '../dialect/requested-resource.ts';
import { parsePersonScope } from '../dialect/requested-scopes.ts';
import { type ConsentQuestion, decideConsent } from './decide-consent.ts';

const origins = { graph: 'https://graph.example', management: 'https://arm.example' };
const graph = 'https://graph.microsoft.com';

const given = (resource: string, ...scopes: string[]): Consent => ({
  id: 'c' as Uuid,
  tenantId: 't' as Uuid,
  appId: 'a' as Uuid,
  userId: undefined,
  resource,
  scopes,
  createdAt: new Date(0),
});

const decide = (scope: string, changes: Partial<ConsentQuestion> = {}) =>
  decideConsent({
    requested: unwrap(parsePersonScope(scope, origins)),
    firstParty: false,
    consents: [],
    usersMayConsent: true,
    isAdministrator: false,
    ...changes,
  });

describe('a first-party program', () => {
  test.each([
    [`${graph}/.default`, ['Directory.AccessAsUser.All', 'User.Read']],
    ['https://arm.example/.default', ['user_impersonation']],
    ['https://arm.example/user_impersonation', ['user_impersonation']],
    ['api://own/.default', ['user_impersonation']],
    ['openid', ['Directory.AccessAsUser.All', 'User.Read']],
  ])('has %s without consent', (scope, scopes) => {
    expect(decide(scope, { firstParty: true, usersMayConsent: false })).toEqual({ kind: 'granted', scopes });
  });
});

describe('a registered program', () => {
  test.each<[string, string, Partial<ConsentQuestion>, object]>([
    [
      'asks the person for what the person may give',
      `${graph}/User.Read`,
      {},
      { kind: 'askPerson', scopes: ['User.Read'] },
    ],
    [
      'asks for a default where nothing was given yet',
      `${graph}/.default`,
      {},
      { kind: 'askPerson', scopes: ['User.Read'] },
    ],
    ['asks an administrator for more', `${graph}/User.Read.All`, {}, { kind: 'askAdministrator' }],
    [
      'asks an administrator for all when one of them is for administrators',
      `${graph}/User.Read ${graph}/User.Read.All`,
      {},
      { kind: 'askAdministrator' },
    ],
    [
      'asks an administrator on the page',
      `${graph}/User.Read.All`,
      { isAdministrator: true },
      { kind: 'askPerson', scopes: ['User.Read.All'] },
    ],
    [
      'asks an administrator where people may not consent',
      `${graph}/User.Read`,
      { usersMayConsent: false },
      { kind: 'askAdministrator' },
    ],
    [
      'has what was given',
      `${graph}/User.Read`,
      { consents: [given(graphAppId, 'User.Read')], usersMayConsent: false },
      { kind: 'granted', scopes: ['User.Read'] },
    ],
    [
      'has it under its own spelling',
      `${graph}/user.read`,
      { consents: [given(graphAppId, 'USER.READ')] },
      { kind: 'granted', scopes: ['User.Read'] },
    ],
    [
      'has not what was given elsewhere',
      `${graph}/User.Read`,
      { consents: [given(managementAppId, 'User.Read')] },
      { kind: 'askPerson', scopes: ['User.Read'] },
    ],
    [
      'has all that was given for .default',
      `${graph}/.default`,
      { consents: [given(graphAppId, 'User.Read', 'Group.Read.All')] },
      { kind: 'granted', scopes: ['User.Read', 'Group.Read.All'] },
    ],
    [
      'is asked only for what is missing',
      `${graph}/User.Read ${graph}/User.ReadBasic.All`,
      { consents: [given(graphAppId, 'User.Read')] },
      { kind: 'askPerson', missing: [{ name: 'User.ReadBasic.All' }] },
    ],
    [
      'has no permission that does not exist',
      `${graph}/User.Everything`,
      { isAdministrator: true },
      { kind: 'unknownPermission', name: 'User.Everything' },
    ],
    ['has none of Graph’s at the resource manager', 'https://arm.example/User.Read', {}, { kind: 'unknownPermission' }],
    ['may define permissions of its own API', 'api://own/Read', {}, { kind: 'askPerson', scopes: ['Read'] }],
    [
      'has those under the API’s name',
      'API://own/Read',
      { consents: [given('api://own', 'Read')] },
      { kind: 'granted', scopes: ['Read'] },
    ],
    [
      'is not stopped by words in a grant that are no permissions',
      `${graph}/.default`,
      { consents: [given(graphAppId, 'openid', 'profile', 'User.Read', 'Gone.Read')] },
      { kind: 'granted', scopes: ['User.Read'] },
    ],
    [
      'with nothing but such words asks for the default',
      `${graph}/.default`,
      { consents: [given(graphAppId, 'openid')] },
      { kind: 'askPerson', scopes: ['User.Read'] },
    ],
  ])('%s', (_, scope, changes, decision) => {
    expect(decide(scope, changes)).toMatchObject(decision);
  });
});
