import { graphOperations, type Operation } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import { type Asker, createGraphHost } from './graph-host.test-support.ts';
import { createGraphWorld, groups, people, programs } from './graph-world.test-support.ts';
import { bodyFor, lineFor, plainTargets, type Targets } from './requests.test-support.ts';

/** Everything that changes an object named in its path: whoever may do so to anything must not do so to these. */
const changes = Object.values(graphOperations as Readonly<Record<string, Operation>>).filter(
  ({ effect, path }) =>
    effect === 'write' && /^\/v1\.0\/(applications|servicePrincipals|users|groups)\/\{id\}/.test(path),
);

interface Power {
  readonly name: string;
  readonly targets: Targets;
  readonly about: RegExp;
}

const powers: readonly Power[] = [
  {
    name: 'a program with a directory role',
    targets: {
      ...plainTargets,
      applications: programs.administering.id,
      servicePrincipals: programs.administering.principalId,
    },
    about: /^(Applications|FederatedCredentials|ServicePrincipals)_/,
  },
  {
    name: 'a program with a permission on the directory’s API',
    targets: {
      ...plainTargets,
      applications: programs.permitted.id,
      servicePrincipals: programs.permitted.principalId,
    },
    about: /^(Applications|FederatedCredentials|ServicePrincipals)_/,
  },
  {
    name: 'a person with a directory role',
    targets: { ...plainTargets, users: people.reader },
    about: /^Users_/,
  },
  {
    name: 'a group with a directory role',
    targets: { ...plainTargets, groups: groups.administering },
    about: /^Groups_/,
  },
  {
    name: 'a group within a group with a directory role',
    targets: { ...plainTargets, groups: groups.within },
    about: /^Groups_/,
  },
];

/** Everybody who has power over what has none. */
const askers: Readonly<Record<string, Asker>> = {
  'an Application Administrator': 'applicationAdministrator',
  'a User Administrator': 'userAdministrator',
  'its owner': 'owner',
  'a program with every permission': {
    program: programs.plain.principalId,
    permissions: ['Application.ReadWrite.All', 'Directory.ReadWrite.All', 'Group.ReadWrite.All', 'User.ReadWrite.All'],
  },
  'a program in between, that may not do everything in an administrator’s name': {
    person: people.administrator,
    scopes: 'Application.ReadWrite.All Directory.ReadWrite.All Group.ReadWrite.All User.ReadWrite.All',
  },
};

const rows = powers.flatMap(({ name, targets, about }) =>
  changes
    .filter(({ id }) => about.test(id))
    .map((operation) => ({ operation, name, line: lineFor(operation, targets), body: bodyFor(operation, targets) })),
);

describe('what holds power is changed by Global Administrators only', async () => {
  const ask = createGraphHost(await createGraphWorld());
  test.each(rows)('$name: $operation.id', async ({ line, body }) => {
    for (const who of Object.values(askers)) expect((await ask(who, line, body)).status).toBe(403);
  });

  // Deletions last: they leave nothing to change.
  test.each(powers)('who may change $name', async ({ name }) => {
    const askAnew = createGraphHost(await createGraphWorld());
    const own = rows.filter((row) => row.name === name);
    const isLast = ({ operation }: (typeof rows)[number]) => Number(/_Delete$/.test(operation.id));
    for (const { line, body } of own.toSorted((one, other) => isLast(one) - isLast(other)))
      expect((await askAnew('administrator', line, body)).status).not.toBe(403);
  });

  test('and the refusal says why', async () => {
    const { body } = await ask('userAdministrator', `DELETE /users/${people.reader}`);
    expect(body.error).toMatchObject({
      code: 'Authorization_RequestDenied',
      message: expect.stringContaining('only a Global Administrator'),
    });
  });
});

describe('the last administrator', () => {
  const leave = async (line: string, body?: unknown) => {
    const world = await createGraphWorld();
    const ask = createGraphHost(world);
    expect((await ask('administrator', `DELETE /users/${people.secondAdministrator}`)).status).toBe(204);
    return ask('administrator', line, body);
  };
  test.each([
    [`DELETE /users/${people.administrator}`],
    [`PATCH /users/${people.administrator}`, { accountEnabled: false }],
    [`DELETE /directoryRoles/62e90394-69f5-4237-9190-012177145e10/members/${people.administrator}/$ref`],
  ])('stays: %s', async (line, body?) => {
    const { status, body: answer } = await leave(line, body);
    expect(status).toBe(400);
    expect(answer.error.message).toContain('last Global Administrator');
  });

  test('is not the last while another can sign in', async () => {
    const ask = createGraphHost(await createGraphWorld());
    const off = { accountEnabled: false };
    expect((await ask('administrator', `PATCH /users/${people.secondAdministrator}`, off)).status).toBe(204);
    expect((await ask('administrator', `DELETE /users/${people.administrator}`)).status).toBe(400);
    expect((await ask('administrator', `DELETE /users/${people.secondAdministrator}`)).status).toBe(204);
  });
});
