import { directoryRoles } from '@holdfast/directory';
import { describe, expect, test } from 'vitest';
import { type Ask, createGraphHost } from '../graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs, tenantId } from '../graph-world.test-support.ts';

const open = async () => {
  const world = await createGraphWorld();
  return { world, ask: createGraphHost(world) };
};
const who = 'administrator';
const policies = '/identity/conditionalAccess/policies';
const locations = '/identity/conditionalAccess/namedLocations';
const range = (cidrAddress: string) => ({ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress });
const office = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  displayName: 'Office',
  isTrusted: true,
  ipRanges: [range('10.0.0.0/8')],
};
const addOffice = async (ask: Ask): Promise<string> => (await ask(who, `POST ${locations}`, office)).body.id;

describe('a named location', () => {
  test('is made, read, changed and deleted', async () => {
    const { ask } = await open();
    const made = await ask(who, `POST ${locations}`, office);
    expect(made).toMatchObject({ status: 201, body: office });
    const path = `${locations}/${made.body.id}`;
    expect((await ask(who, `PATCH ${path}`, { isTrusted: false, ipRanges: [range('2001:db8::/32')] })).status).toBe(
      204,
    );
    expect((await ask(who, `GET ${path}`)).body).toMatchObject({
      displayName: 'Office',
      isTrusted: false,
      ipRanges: [{ '@odata.type': '#microsoft.graph.iPv6CidrRange', cidrAddress: '2001:db8::/32' }],
    });
    expect((await ask(who, `GET ${locations}`)).body.value).toHaveLength(1);
    expect((await ask(who, `DELETE ${path}`)).status).toBe(204);
    expect((await ask(who, `GET ${path}`)).status).toBe(404);
  });

  test.each([
    { ipRanges: [range('10.0.0.0')] },
    { ipRanges: [range('10.0.0.0/33')] },
    { ipRanges: [range('10.0.0/8')] },
    { ipRanges: [range('::/129')] },
    { ipRanges: [range('office')] },
    { ipRanges: [] },
    { '@odata.type': '#microsoft.graph.countryNamedLocation' },
    { countriesAndRegions: ['DE'] },
  ])('is not made with %j', async (change) => {
    const { ask } = await open();
    const reply = await ask(who, `POST ${locations}`, { ...office, ...change });
    expect([reply.status, reply.body.error.code]).toEqual([400, 'Request_BadRequest']);
  });

  test.each(['conditions', 'excluded', 'grant'])('is not deleted while a policy names it in its %s', async (where) => {
    const { ask } = await open();
    const id = await addOffice(ask);
    const places =
      where === 'excluded' ? { includeLocations: ['All'], excludeLocations: [id] } : { includeLocations: [id] };
    const made = await ask(who, `POST ${policies}`, {
      ...policy,
      conditions: { ...policy.conditions, ...(where !== 'grant' && { locations: places }) },
      ...(where === 'grant' && { grantControls: { operator: 'AND', builtInControls: ['mfa'], locations: [id] } }),
    });
    expect(made.status).toBe(201);
    const refused = await ask(who, `DELETE ${locations}/${id}`);
    expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining("'Only from here'")]);
    await ask(who, `DELETE ${policies}/${made.body.id}`);
    expect((await ask(who, `DELETE ${locations}/${id}`)).status).toBe(204);
  });
});

const policy = {
  displayName: 'Only from here',
  state: 'enabled',
  conditions: {
    clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
    applications: { includeApplications: ['All'] },
  },
  grantControls: { operator: 'AND', builtInControls: ['clientCertificate'] },
};

describe('a policy', () => {
  test('"certificate only, from 10.0.0.0/8" is what it says', async () => {
    const { ask, world } = await open();
    const id = await addOffice(ask);
    const grantControls = { operator: 'AND', builtInControls: ['clientCertificate'], locations: [id] };
    const made = await ask(who, `POST ${policies}`, { ...policy, grantControls });
    expect(made).toMatchObject({ status: 201, body: { ...policy, grantControls } });
    expect(await world.conditionalAccess.listPolicies(tenantId)).toMatchObject([
      {
        state: 'enabled',
        conditions: {
          workloads: { include: 'all', exclude: [] },
          users: { include: [], includeGroups: [] },
          resources: { include: 'all', exclude: [] },
          locations: undefined,
          credentialKinds: undefined,
          flows: undefined,
        },
        grant: {
          kind: 'require',
          operator: 'AND',
          controls: [{ kind: 'certificate' }, { kind: 'location', locationIds: [id] }],
        },
      },
    ]);
  });

  test('can name whom, what, from where, with what and how', async () => {
    const { ask, world } = await open();
    const id = await addOffice(ask);
    const conditions = {
      users: {
        includeUsers: [people.member.toUpperCase()],
        excludeUsers: [people.administrator],
        includeGroups: [groups.plain],
        excludeGroups: [groups.owned],
        includeRoles: [directoryRoles.userAdministrator],
        excludeRoles: [directoryRoles.globalAdministrator],
      },
      clientApplications: {
        includeServicePrincipals: [programs.plain.principalId],
        excludeServicePrincipals: [programs.owned.principalId],
      },
      applications: {
        includeApplications: ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'https://arm.example'],
        excludeApplications: ['api://plain'],
      },
      locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted', id] },
      authenticationFlows: { transferMethods: 'deviceCodeFlow' },
      clientAppTypes: ['all'],
      credentialKinds: ['password', 'secret'],
    };
    const body = { displayName: 'x', state: 'disabled', conditions, grantControls: { builtInControls: ['block'] } };
    expect((await ask(who, `POST ${policies}`, body)).status).toBe(201);
    const [kept] = await world.conditionalAccess.listPolicies(tenantId);
    expect(kept).toMatchObject({
      state: 'disabled',
      grant: { kind: 'block' },
      conditions: {
        users: { include: [people.member], exclude: [people.administrator], includeGroups: [groups.plain] },
        workloads: { include: [programs.plain.principalId], exclude: [programs.owned.principalId] },
        resources: { include: ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'https://arm.example'] },
        locations: { include: 'all', exclude: ['AllTrusted', id] },
        credentialKinds: ['password', 'secret'],
        flows: ['deviceCode'],
      },
    });
    const read = (await ask(who, `GET ${policies}/${kept?.id}`)).body;
    const again = await ask(who, `PATCH ${policies}/${kept?.id}`, {
      conditions: read.conditions,
      grantControls: read.grantControls,
    });
    expect(again.status).toBe(204);
    expect(await world.conditionalAccess.listPolicies(tenantId)).toEqual([kept]);
  });

  test('is changed part by part', async () => {
    const { ask, world } = await open();
    const { body } = await ask(who, `POST ${policies}`, policy);
    const change = (patch: object) => ask(who, `PATCH ${policies}/${body.id}`, patch);
    await change({ state: 'enabledForReportingButNotEnforced' });
    await change({ conditions: { users: { includeUsers: ['All'] }, credentialKinds: ['secret'] } });
    await change({ grantControls: { operator: 'OR', builtInControls: ['mfa', 'clientCertificate'] } });
    expect(await world.conditionalAccess.listPolicies(tenantId)).toMatchObject([
      {
        displayName: 'Only from here',
        state: 'reportOnly',
        conditions: { users: { include: 'all' }, workloads: { include: 'all' }, credentialKinds: ['secret'] },
        grant: { kind: 'require', operator: 'OR', controls: [{ kind: 'mfa' }, { kind: 'certificate' }] },
      },
    ]);
    await change({ conditions: { credentialKinds: null, users: null } });
    const [kept] = await world.conditionalAccess.listPolicies(tenantId);
    expect(kept?.conditions).toMatchObject({ credentialKinds: undefined, users: { include: [] } });
  });

  const nobody = 'eeeeeeee-0000-4000-8000-000000000001';
  const all = { applications: { includeApplications: ['All'] } };
  test.each<[RegExp, object]>([
    [/user '.*' ?, which does not exist/, { conditions: { ...all, users: { includeUsers: [nobody] } } }],
    [/user '.*', which/, { conditions: { ...all, users: { includeUsers: [people.foreigner] } } }],
    [/user '.*', which/, { conditions: { ...all, users: { includeUsers: [groups.plain] } } }],
    [/user 'Guests', which/, { conditions: { ...all, users: { includeUsers: ['Guests'] } } }],
    [/user 'All', which/, { conditions: { ...all, users: { includeUsers: ['All'], excludeUsers: ['All'] } } }],
    [
      /group '.*', which/,
      { conditions: { ...all, users: { includeUsers: ['All'], excludeGroups: [groups.foreign] } } },
    ],
    [/no directory role/, { conditions: { ...all, users: { includeRoles: [nobody] } } }],
    [
      /servicePrincipal '.*', which/,
      { conditions: { ...all, clientApplications: { includeServicePrincipals: [programs.plain.appId] } } },
    ],
    [
      /location '.*', which/,
      { conditions: { ...all, users: { includeUsers: ['All'] }, locations: { includeLocations: [nobody] } } },
    ],
    [/location '.*', which/, { grantControls: { operator: 'AND', locations: [nobody] } }],
    [/users or clientApplications/, { conditions: all }],
    [/includeApplications must be given/, { conditions: { users: { includeUsers: ['All'] } } }],
    [
      /neither 'All'/,
      { conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['x'] } } },
    ],
    [/is none of/, { conditions: { ...policy.conditions, credentialKinds: ['passkey'] } }],
    [/transferMethods/, { conditions: { ...policy.conditions, authenticationFlows: { transferMethods: 'x' } } }],
    [/clientAppTypes/, { conditions: { ...policy.conditions, clientAppTypes: ['browser'] } }],
    [/'includeGuests'/, { conditions: { ...all, users: { includeUsers: ['All'], includeGuests: [] } } }],
    [/'platforms'/, { conditions: { ...policy.conditions, platforms: {} } }],
    [/must block or require/, { grantControls: { operator: 'OR', builtInControls: [] } }],
    [/'block' stands alone/, { grantControls: { operator: 'OR', builtInControls: ['block', 'mfa'] } }],
    [/'compliantDevice' is not supported/, { grantControls: { operator: 'OR', builtInControls: ['compliantDevice'] } }],
    [/'constructor' is not supported/, { grantControls: { operator: 'OR', builtInControls: ['constructor'] } }],
    [/state/, { state: 'on' }],
    [/'sessionControls'/, { sessionControls: {} }],
  ])('is refused in words (%s) with %j', async (words, change) => {
    const { ask, world } = await open();
    const reply = await ask(who, `POST ${policies}`, { ...policy, ...change });
    expect([reply.status, reply.body.error.code]).toEqual([400, 'Request_BadRequest']);
    expect(reply.body.error.message).toMatch(words);
    expect(await world.conditionalAccess.listPolicies(tenantId)).toEqual([]);
  });

  test('is gone when it was deleted', async () => {
    const { ask } = await open();
    const { body } = await ask(who, `POST ${policies}`, policy);
    expect((await ask(who, `DELETE ${policies}/${body.id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE'])
      expect((await ask(who, `${method} ${policies}/${body.id}`)).status).toBe(404);
    expect((await ask(who, `GET ${policies}?$filter=id%20eq%20%27x%27`)).status).toBe(400);
  });
});
