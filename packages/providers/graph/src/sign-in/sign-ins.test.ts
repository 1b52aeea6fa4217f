import type { SignIn } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import { createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, otherTenantId, people, programs, tenantId } from '../graph-world.test-support.ts';

const idAt = (number: number) => `ffffffff-0000-4000-8000-00000000000${number}` as Uuid;

const signIn = (number: number, change: Partial<SignIn> = {}): SignIn => ({
  id: idAt(number),
  tenantId,
  at: new Date(`2026-02-0${number}T00:00:00Z`),
  lastAt: new Date(`2026-02-0${number}T01:00:00Z`),
  count: 1,
  correlationId: idAt(number),
  flow: 'browser',
  principal: { kind: 'user', id: people.member, name: 'member@t.example' },
  app: { appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' as Uuid, displayName: 'Azure CLI' },
  resource: 'https://arm.example',
  address: '10.0.0.1',
  userAgent: 'az',
  credential: { kind: 'password', id: undefined },
  mfa: false,
  outcome: { code: 0, reason: 'MFA was not asked for' },
  policies: [],
  ...change,
});

const log = [
  signIn(1),
  signIn(2, { outcome: { code: 50126, reason: 'The password is wrong' }, address: '192.0.2.1' }),
  signIn(3, {
    flow: 'clientCredentials',
    principal: { kind: 'servicePrincipal', id: programs.plain.principalId, name: 'plain program' },
    app: { appId: programs.plain.appId, displayName: 'plain program' },
    credential: { kind: 'secret', id: idAt(9) },
    count: 40,
    outcome: { code: 53003, reason: 'Blocked by conditional access' },
    policies: [{ id: idAt(8), displayName: 'Only from here', result: 'failure', reason: 'came from 10.0.0.1' }],
  }),
  signIn(4, {
    flow: 'refresh',
    mfa: true,
    policies: [
      { id: idAt(7), displayName: 'a', result: 'reportOnlyFailure', reason: 'r' },
      { id: idAt(8), displayName: 'b', result: 'success', reason: 'r' },
    ],
  }),
  signIn(5, { tenantId: otherTenantId }),
];
const ask = createGraphHost(await createGraphWorld(log));
const path = '/auditLogs/signIns';
const reader = { program: programs.plain.principalId, permissions: ['AuditLog.Read.All'] };

describe('the sign-in log', () => {
  test.each<[string, readonly number[]]>([
    ['', [1, 2, 3, 4]],
    ['createdDateTime ge 2026-02-02T00:00:00Z and createdDateTime le 2026-02-03T00:00:00Z', [2, 3]],
    ['status/errorCode eq 0', [1, 4]],
    ['status/errorCode ne 0', [2, 3]],
    [`userId eq '${people.member}' and status/errorCode ne 0`, [2]],
    ["userPrincipalName eq 'MEMBER@t.example'", [1, 2, 4]],
    [`appId eq '${programs.plain.appId}'`, [3]],
    [`servicePrincipalId eq '${programs.plain.principalId}'`, [3]],
    ["ipAddress eq '192.0.2.1'", [2]],
    [`correlationId eq '${idAt(4)}'`, [4]],
    [`id eq '${idAt(5)}'`, []],
  ])('is narrowed by %s', async (filter, numbers) => {
    const { status, body } = await ask(reader, `GET ${path}?$filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(200);
    expect(body.value.map(({ id }: { id: string }) => id)).toEqual(numbers.map(idAt));
  });

  test.each([
    'createdDateTime eq 2026-02-02T00:00:00Z',
    "createdDateTime ge '2026-02-02'",
    'status/errorCode eq 50126',
    "startswith(userPrincipalName,'a')",
    "userAgent eq 'az'",
    "ipAddress ne '::1'",
  ])('is not narrowed by %s', async (filter) => {
    const { status, body } = await ask(reader, `GET ${path}?$filter=${encodeURIComponent(filter)}`);
    expect([status, body.error.code]).toEqual([400, 'Request_UnsupportedQuery']);
    expect(body.error.message).toContain('createdDateTime ge');
  });

  test('is exported page by page', async () => {
    const seen: string[] = [];
    let line: string | undefined = `GET ${path}?$top=3&$orderby=createdDateTime%20desc`;
    while (line !== undefined) {
      const { body }: { body: { value: { id: string }[]; '@odata.nextLink'?: string } } = await ask(reader, line);
      seen.push(...body.value.map(({ id }) => id));
      line = body['@odata.nextLink'] && `GET ${body['@odata.nextLink']}`;
    }
    expect(seen).toEqual([1, 2, 3, 4].map(idAt));
  });

  test('explains a program’s refusal in Graph’s words', async () => {
    expect((await ask(reader, `GET ${path}/${idAt(3)}`)).body).toMatchObject({
      id: idAt(3),
      userId: null,
      servicePrincipalId: programs.plain.principalId,
      servicePrincipalName: 'plain program',
      appId: programs.plain.appId,
      signInEventTypes: ['servicePrincipal'],
      isInteractive: false,
      credentialKind: 'secret',
      servicePrincipalCredentialKeyId: idAt(9),
      count: 40,
      status: { errorCode: 53003, failureReason: 'Blocked by conditional access', additionalDetails: null },
      conditionalAccessStatus: 'failure',
      appliedConditionalAccessPolicies: [
        { id: idAt(8), displayName: 'Only from here', result: 'failure', reason: 'came from 10.0.0.1' },
      ],
    });
  });

  test('tells people’s interactive sign-ins from the others', async () => {
    const { body } = await ask(reader, `GET ${path}`);
    const said = body.value.map((each: Record<string, unknown>) => [
      each['signInEventTypes'],
      each['authenticationRequirement'],
      each['conditionalAccessStatus'],
    ]);
    expect(said).toEqual([
      [['interactiveUser'], 'singleFactorAuthentication', 'notApplied'],
      [['interactiveUser'], 'singleFactorAuthentication', 'notApplied'],
      [['servicePrincipal'], 'singleFactorAuthentication', 'failure'],
      [['nonInteractiveUser'], 'multiFactorAuthentication', 'success'],
    ]);
  });

  test('is its tenant’s, and its administrators’', async () => {
    expect((await ask('administrator', `GET ${path}/${idAt(5)}`)).status).toBe(404);
    expect((await ask('foreigner', `GET ${path}`)).body.value).toMatchObject([{ id: idAt(5) }]);
    for (const who of ['member', 'reader', 'userAdministrator', 'applicationAdministrator'] as const)
      expect((await ask(who, `GET ${path}`)).status).toBe(403);
  });
});
