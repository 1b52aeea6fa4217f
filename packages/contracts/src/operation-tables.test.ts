import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import {
  agentOperations,
  agentProtocolVersions,
  currentAgentProtocol,
  directoryPermissions,
  graphOperations,
  machineOperations,
  metadataOperations,
  type Operation,
  resourceGroupOperations,
  roleOperations,
  subscriptionOperations,
} from './index.ts';

const tables: readonly Readonly<Record<string, Operation>>[] = [
  agentOperations,
  graphOperations,
  machineOperations,
  metadataOperations,
  resourceGroupOperations,
  roleOperations,
  subscriptionOperations,
];
const entries = tables.flatMap((table) => Object.entries(table));
const operations = entries.map(([, operation]) => operation);
const holesIn = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

describe('every operation', () => {
  test.each(entries)('%s is described without contradiction', (key, operation) => {
    expect(operation.id).toBe(key);
    expect(operation.path).toMatch(/^(\/(\{\w+\}|[\w.]+|\$ref))+$/);
    expect(holesIn(operation.scope ?? '').filter((name) => !holesIn(operation.path).includes(name))).toEqual([]);
    expect(new Set(holesIn(operation.path)).size).toBe(holesIn(operation.path).length);
    if (operation.access === 'authorized') expect(operation.action).toMatch(/^Microsoft\.\w+(\/\w+)+$/);
    // An action that no stage checks would look like protection.
    if (operation.action !== undefined) expect(['authorized', 'filtered', 'directory']).toContain(operation.access);
    if (operation.ownedBy !== undefined) expect(holesIn(operation.path)).toContain('id');
  });

  test.each(entries)('%s has an action that fits its method', (_, { method, action, effect, access }) => {
    const verb = action?.split('/').at(-1);
    if (method === 'GET' || method === 'HEAD') {
      expect(effect).toBe('read');
      if (action !== undefined) expect(verb).toBe('read');
    } else if (access === 'authorized') {
      expect(effect).toBe('write');
      expect(verb).toBe({ PUT: 'write', PATCH: 'write', POST: 'action', DELETE: 'delete' }[method]);
    }
  });

  test.each(entries)('%s takes a body only where its method gives one a meaning', (_, { method, body }) => {
    if (body !== undefined) expect(['PUT', 'PATCH', 'POST']).toContain(method);
  });

  test('has an id, and a method and path without letter case, of its own', () => {
    const unique = (values: readonly string[]) => expect(values).toEqual([...new Set(values)]);
    unique(operations.map(({ id }) => id));
    unique(operations.map(({ method, path }) => `${method} ${path.toLowerCase().replace(/\{\w+\}/g, '{}')}`));
  });

  test.each(entries.filter(([, { versions }]) => versions !== undefined))(
    '%s lists versions that it answers, oldest first',
    (_, { versions }) => {
      const { listed = [], oldest = '' } = versions ?? {};
      expect([...listed].sort()).toEqual(listed);
      expect(listed.every((version) => version >= oldest)).toBe(true);
    },
  );
});

describe('the directory’s operations', () => {
  test.each(Object.entries(graphOperations))('%s needs an action of the directory, at a path of Graph', (_, each) => {
    const { access, action, path } = each;
    expect(access).toBe('directory');
    expect(action).toMatch(/^microsoft\.directory(\/\w+)+$/);
    expect(path).toMatch(/^\/v1\.0\//);
  });

  test('read as soon as their action says so, and only then', () => {
    for (const { method, effect, action } of Object.values(graphOperations)) {
      expect(action.endsWith('/read')).toBe(effect === 'read');
      if (method === 'GET') expect(effect).toBe('read');
    }
  });

  test('are all within reach of some permission, except what only an administrator may do', () => {
    const covers = (pattern: string, action: string) =>
      pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
    const programs = directoryPermissions.filter(({ appRoleId }) => appRoleId !== undefined);
    const beyond = Object.values(graphOperations).filter(
      ({ action }) => !programs.some(({ actions }) => actions.some((pattern) => covers(pattern, action))),
    );
    expect([...new Set(beyond.map(({ action }) => action))].sort()).toEqual([
      'microsoft.directory/appRoleAssignments/update',
      'microsoft.directory/directoryObjects/read',
      'microsoft.directory/directoryRoles/members/update',
      'microsoft.directory/me/authenticationMethods/read',
      'microsoft.directory/me/invalidateAllRefreshTokens',
      'microsoft.directory/me/password/update',
      'microsoft.directory/users/authenticationMethods/delete',
      'microsoft.directory/users/authenticationMethods/read',
      'microsoft.directory/users/invalidateAllRefreshTokens',
    ]);
  });
});

describe('agent operations', () => {
  test('are for machines alone, and name none in the path: the caller is the key that signed', () => {
    for (const { access, path } of Object.values(agentOperations)) {
      expect(access).toBe('machine');
      expect(path).toMatch(/^\/agent\/v1\/\w+$/);
    }
  });

  test('speak a version of the ladder', () => {
    expect(agentProtocolVersions).toContain(currentAgentProtocol);
  });
});

describe('body schemas', () => {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const accepts = (schema: object, body: unknown) => ajv.validate(schema, body);
  const beat = {
    counter: 1,
    beatId: '7b0cf9a4-0d3b-4b5e-9a55-6b3e0a9f2f11',
    copy: { hostName: 'h', bootId: 'b' },
    agentVersion: '1.0',
    factsDigest: 'a'.repeat(64),
  };

  test.each<[boolean, object]>([
    [true, {}],
    [true, { later: 'fields of a newer agent are no error' }],
    [false, { counter: 0 }],
    [false, { counter: 1.5 }],
    [false, { counter: '1' }],
    [false, { beatId: 'x' }],
    [false, { copy: {} }],
    [false, { factsDigest: 'A'.repeat(64) }],
    [false, { facts: {} }],
  ])('a heartbeat is accepted: %s, with %j', (accepted, change) => {
    expect(accepts(agentOperations.Agent_Heartbeat.body, { ...beat, ...change })).toBe(accepted);
  });

  test('a machine as a client read it can be sent back: read-only fields are no error', () => {
    const read = {
      id: '/x',
      name: 'm',
      type: 't',
      location: 'local',
      systemData: {},
      resources: [],
      properties: { status: 'Connected', osName: 'linux', agentConfiguration: {} },
    };
    expect(accepts(machineOperations.Machines_CreateOrUpdate.body, read)).toBe(true);
    expect(accepts(machineOperations.Machines_Update.body, read)).toBe(true);
  });

  test.each([{ tags: { a: 1 } }, { tags: [] }, { tags: null }, { location: 1 }, { properties: [] }])(
    'a machine with %j is refused',
    (body) => {
      expect(accepts(machineOperations.Machines_CreateOrUpdate.body, body)).toBe(false);
    },
  );
});
