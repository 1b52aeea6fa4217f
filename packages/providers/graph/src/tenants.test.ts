import { graphOperations, type Operation } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { createGraphHost } from './graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs } from './graph-world.test-support.ts';
import { bodyFor, lineFor, plainTargets } from './requests.test-support.ts';

const operations = Object.values(graphOperations as Readonly<Record<string, Operation>>);

/** Everything by which an object of the first tenant could be known. */
const traces = [
  ...Object.entries(people).flatMap(([name, id]) => (name === 'foreigner' ? [] : [id, `${name}@t.example`])),
  ...Object.entries(groups).flatMap(([name, id]) => (name === 'foreign' ? [] : [id, `${name} group`])),
  ...Object.entries(programs).flatMap(([name, ids]) =>
    name === 'foreign' ? [] : [...Object.values(ids), `${name} program`, `api://${name}`],
  ),
  '11111111-1111-4111-8111-111111111111',
  'Contoso',
];

const snapshot = async (ask: ReturnType<typeof createGraphHost>): Promise<unknown> => {
  const lists = ['users', 'groups', 'applications', 'servicePrincipals', 'oauth2PermissionGrants'];
  const more = [
    'identity/conditionalAccess/policies',
    'identity/conditionalAccess/namedLocations',
    'roleManagement/directory/roleAssignments',
    `groups/${groups.plain}/members`,
    `groups/${groups.plain}/owners`,
    `applications/${programs.plain.id}/owners`,
    `servicePrincipals/${programs.plain.principalId}/owners`,
    `servicePrincipals/${programs.plain.principalId}/appRoleAssignments`,
  ];
  return Promise.all([...lists, ...more].map(async (path) => (await ask('administrator', `GET /${path}`)).body));
};

describe('an administrator of another tenant', async () => {
  const ask = createGraphHost(await createGraphWorld());
  const before = await snapshot(ask);
  test.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s: sees nothing of this one, and changes nothing in it',
    async (_, operation) => {
      const line = lineFor(operation, plainTargets);
      const { status, body } = await ask('foreigner', line, bodyFor(operation));
      expect(status).not.toBe(500);
      // What a request names itself may stand in the answer that there is no such thing.
      const own = [line, JSON.stringify(bodyFor(operation) ?? null)].join(' ');
      const seen = traces.filter((trace) => !own.includes(trace) && JSON.stringify(body ?? null).includes(trace));
      expect(seen).toEqual([]);
      if (operation.path.includes('/{id}') && !/Role|Template/.test(operation.id)) expect(status).toBe(404);
      expect(await snapshot(ask)).toEqual(before);
    },
  );
});
