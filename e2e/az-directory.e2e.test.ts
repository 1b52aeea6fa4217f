import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { signIn } from './support/arm-client.ts';
import { type Az, type AzVersion, createAz, hasAz } from './support/az.ts';
import { loginByDevice } from './support/az-people.ts';
import { testWithBrowser } from './support/e2e-test.ts';
import { eventually } from './support/eventually.ts';
import { leaveOut } from './support/leave-out.ts';
import { openPage } from './support/open-page.ts';
import { groupScope } from './support/scopes.ts';
import type { Site } from './support/site.ts';

// What an administrator does to the directory and to grants with the Azure CLI, and what comes of it.

const timeout = 300_000;
const onboarding = 'Azure Connected Machine Onboarding';

const test = testWithBrowser()
  .extend('admins', { scope: 'file' }, new Map<AzVersion, Promise<Az>>())
  // One sign-in for each az: an administrator does not sign in for every command either.
  .extend('admin', async ({ site, browser, admins, skip }) => async (version: AzVersion): Promise<Az> => {
    if (!hasAz(version)) leaveOut(`az ${version} is not here: run e2e/clients/install`, skip);
    const signedIn = async (): Promise<Az> => {
      const az = await createAz({ version, folder: site.folder, bootstrap: site.bootstrap });
      await loginByDevice(az, await openPage(browser, skip), site.bootstrap.admin, '--tenant', site.bootstrap.tenantId);
      return az;
    };
    const found = admins.get(version) ?? signedIn();
    admins.set(version, found);
    return found;
  });

const versions: readonly AzVersion[] = ['2.45', '2.74'];

/** What az prints of a new credential. */
interface Printed {
  readonly appId: string;
  readonly displayName: string;
  readonly password: string;
  readonly tenant: string;
  readonly fileWithCertAndPrivateKey?: string;
}

test('az 2.74 makes an onboarding credential, and a machine connects with it', { timeout }, async ({ site, admin }) => {
  const az = await admin('2.74');
  const scope = groupScope(site.bootstrap);
  const name = ['--name', 'onboarding-2.74'];
  const printed = await az.json<Printed>(
    'ad',
    'sp',
    'create-for-rbac',
    ...name,
    '--role',
    onboarding,
    '--scopes',
    scope,
  );
  expect(printed).toMatchObject({ displayName: 'onboarding-2.74', tenant: site.bootstrap.tenantId });
  await expectConnects(site, 'by-az-2.74', { 'service-principal-secret': printed.password, ...idOf(printed) });

  const assignments = ['role', 'assignment', 'list', '--assignee', printed.appId, '--scope', scope];
  expect(await az.json(...assignments)).toMatchObject([
    { roleDefinitionName: onboarding, principalName: printed.appId, principalType: 'ServicePrincipal' },
  ]);
  // Asked again under the same name, az takes the application that is there.
  const again = await az.json<Printed>('ad', 'sp', 'create-for-rbac', ...name);
  expect(again.appId).toBe(printed.appId);
  expect(await az.json(...assignments)).toHaveLength(1);
  await refuses(site, printed);
  await signIn(site.bootstrap, again);
});

test('az 2.74 makes an onboarding certificate, and a machine connects with it', { timeout }, async ({
  site,
  admin,
}) => {
  const az = await admin('2.74');
  const role = ['--role', onboarding, '--scopes', groupScope(site.bootstrap)];
  const printed = await az.json<Printed>(
    'ad',
    'sp',
    'create-for-rbac',
    '--name',
    'certified',
    '--create-cert',
    ...role,
  );
  const certificate = { 'service-principal-cert': printed.fileWithCertAndPrivateKey ?? '' };
  await expectConnects(site, 'by-certificate', { ...idOf(printed), ...certificate });
});

test('az 2.45 makes a service principal and grants it by az rest, and a machine connects with it', {
  timeout,
}, async ({ site, admin }) => {
  // Debian's az 2.45 cannot do anything with roles itself: its package has a fault that is no server's.
  const az = await admin('2.45');
  const printed = await az.json<Printed>('ad', 'sp', 'create-for-rbac', '--name', 'onboarding-2.45');
  const { id: principalId } = await az.json<{ id: string }>('ad', 'sp', 'show', '--id', printed.appId);
  const roles = `${groupScope(site.bootstrap)}/providers/Microsoft.Authorization`;
  const filter = encodeURIComponent(`roleName eq '${onboarding}'`);
  const found = await az.json<{ value: { id: string }[] }>(
    ...['rest', '--method', 'get', '--url', `${roles}/roleDefinitions?api-version=2022-04-01&$filter=${filter}`],
  );
  const file = join(site.folder, 'assignment.json');
  const properties = { roleDefinitionId: found.value[0]?.id, principalId, principalType: 'ServicePrincipal' };
  writeFileSync(file, JSON.stringify({ properties }));
  const url = `${roles}/roleAssignments/${randomUUID()}?api-version=2022-04-01`;
  await az.json('rest', '--method', 'put', '--url', url, '--body', `@${file}`);
  await expectConnects(site, 'by-az-2.45', { 'service-principal-secret': printed.password, ...idOf(printed) });
});

test.for(versions)(
  'az %s renews a secret beside the old one, then takes the old one away',
  {
    timeout,
  },
  async (version, { site, admin }) => {
    const az = await admin(version);
    const first = await az.json<Printed>('ad', 'sp', 'create-for-rbac', '--name', `renewed-${version}`);
    const renewal = ['--id', first.appId, '--append', '--display-name', 'second'];
    const second = await az.json<Printed>('ad', 'app', 'credential', 'reset', ...renewal);
    for (const credential of [first, second]) await signIn(site.bootstrap, credential);

    const listed = await az.json<{ keyId: string; displayName: string; hint: string }[]>(
      ...['ad', 'app', 'credential', 'list', '--id', first.appId],
    );
    const oldest = listed.find(({ displayName }) => displayName !== 'second');
    expect(listed).toHaveLength(2);
    expect(oldest).toMatchObject({ hint: first.password.slice(0, 3) });
    await az.run('ad', 'app', 'credential', 'delete', '--id', first.appId, '--key-id', oldest?.keyId ?? '');
    await refuses(site, first);
    await signIn(site.bootstrap, second);
  },
);

test.for(versions)('az %s keeps applications and what they trust', { timeout }, async (version, { admin }) => {
  const az = await admin(version);
  const displayName = `Build ${version}`;
  const redirect = 'https://build.example.com/back';
  const made = await az.json<{ id: string; appId: string }>(
    ...['ad', 'app', 'create', '--display-name', displayName, '--web-redirect-uris', redirect],
  );
  const id = ['--id', made.appId];
  expect(await az.json('ad', 'app', 'show', ...id)).toMatchObject({ displayName, web: { redirectUris: [redirect] } });
  expect(await az.json('ad', 'app', 'list', '--display-name', displayName)).toMatchObject([{ appId: made.appId }]);
  await az.run('ad', 'app', 'update', ...id, '--display-name', `${displayName} again`);
  expect(await az.json('ad', 'app', 'show', ...id)).toMatchObject({ displayName: `${displayName} again` });
  expect(await az.json('ad', 'sp', 'create', ...id)).toMatchObject({ appId: made.appId });
  expect(await az.json('ad', 'sp', 'list', '--display-name', `${displayName} again`)).toMatchObject([
    { appId: made.appId },
  ]);
  const trusted = {
    name: 'ci-main',
    issuer: 'https://token.example.com',
    subject: 'repo:a/b',
    audiences: ['holdfast'],
  };
  const federated = ['ad', 'app', 'federated-credential'];
  await az.json(...federated, 'create', ...id, '--parameters', JSON.stringify(trusted));
  expect(await az.json(...federated, 'list', ...id)).toMatchObject([trusted]);
  await expectDone(az, ...federated, 'delete', ...id, '--federated-credential-id', 'ci-main');
  expect(await az.json(...federated, 'list', ...id)).toEqual([]);
  await expectDone(az, 'ad', 'app', 'delete', ...id);
  expect(await az.run('ad', 'sp', 'show', ...id)).toMatchObject({ code: 3 });
});

test.for(versions)('az %s keeps people and groups', { timeout }, async (version, { site, admin }) => {
  const az = await admin(version);
  const mailNickname = `ada-${version.replace('.', '')}`;
  const upn = `${mailNickname}@${domainOf(site)}`;
  const password = ['--password', az.secret('Coral-Anchor-7-Tide')];
  const made = ['ad', 'user', 'create', '--display-name', 'Ada', '--user-principal-name', upn, ...password];
  const { id } = await az.json<{ id: string }>(...made);
  expect(await az.json('ad', 'user', 'show', '--id', upn)).toMatchObject({ id, displayName: 'Ada' });
  await expectDone(az, 'ad', 'user', 'update', '--id', upn, '--display-name', 'Ada L');
  expect(await az.json('ad', 'user', 'list', '--upn', upn)).toMatchObject([{ id, displayName: 'Ada L' }]);

  const group = `Operators ${version}`;
  const about = ['--display-name', group, '--mail-nickname', `operators-${mailNickname}`];
  expect(await az.json('ad', 'group', 'create', ...about)).toMatchObject({ displayName: group, securityEnabled: true });
  const [of, who] = [
    ['--group', group],
    ['--member-id', id],
  ];
  await expectDone(az, 'ad', 'group', 'member', 'add', ...of, ...who);
  expect(await az.json('ad', 'group', 'member', 'check', ...of, ...who)).toMatchObject({ value: true });
  expect(await az.json('ad', 'group', 'member', 'list', ...of)).toMatchObject([{ id, userPrincipalName: upn }]);
  expect(await az.json('ad', 'user', 'get-member-groups', '--id', upn)).toMatchObject([{ displayName: group }]);
  await expectDone(az, 'ad', 'group', 'member', 'remove', ...of, ...who);
  expect(await az.json('ad', 'group', 'member', 'list', ...of)).toEqual([]);
  await expectDone(az, 'ad', 'group', 'delete', ...of);
  await expectDone(az, 'ad', 'user', 'delete', '--id', upn);
  expect(await az.json('ad', 'user', 'list', '--upn', upn)).toEqual([]);
});

test('az 2.74 grants a role to a group, whose members have it until it is taken away', { timeout }, async ({
  site,
  browser,
  admin,
  skip,
}) => {
  const az = await admin('2.74');
  const scope = ['--scope', groupScope(site.bootstrap)];
  const person = { username: `grace@${domainOf(site)}`, password: 'Harbour-Lantern-42-Wave' };
  const { id } = await az.json<{ id: string }>(
    ...['ad', 'user', 'create', '--display-name', 'Grace', '--user-principal-name', person.username],
    ...['--password', az.secret(person.password)],
  );
  const about = ['--display-name', 'Readers', '--mail-nickname', 'readers'];
  const group = await az.json<{ id: string }>('ad', 'group', 'create', ...about);
  await expectDone(az, 'ad', 'group', 'member', 'add', '--group', 'Readers', '--member-id', id);
  const assignee = ['--assignee-object-id', group.id, '--assignee-principal-type', 'Group'];
  const made = await az.json('role', 'assignment', 'create', '--role', 'Reader', ...assignee, ...scope);
  expect(made).toMatchObject({ principalId: group.id, principalType: 'Group' });

  const grace = await createAz({ version: '2.74', folder: site.folder, bootstrap: site.bootstrap });
  await loginByDevice(grace, await openPage(browser, skip), person, '--tenant', site.bootstrap.tenantId);
  const [resourceGroup, own] = [site.bootstrap.resourceGroup, ['group', 'list']];
  expect(await grace.json(...own)).toMatchObject([{ name: resourceGroup }]);
  expect(await grace.run('group', 'create', '--name', 'mine', '--location', 'local')).toMatchObject({
    code: 1,
    output: expect.stringContaining('AuthorizationFailed'),
  });

  const listed = ['role', 'assignment', 'list', '--assignee', group.id, ...scope];
  expect(await az.json(...listed)).toMatchObject([{ roleDefinitionName: 'Reader', principalName: 'Readers' }]);
  await expectDone(az, 'role', 'assignment', 'delete', '--role', 'Reader', '--assignee', group.id, ...scope);
  expect(await az.json(...listed)).toEqual([]);
  await eventually('the grant is gone', async () => {
    const { code, stdout } = await grace.run(...own);
    return code !== 0 || (JSON.parse(stdout) as unknown[]).length === 0;
  });
  expect(await az.json('role', 'definition', 'list', '--name', onboarding)).toMatchObject([{ roleName: onboarding }]);
});

const idOf = ({ appId }: Printed) => ({ 'service-principal-id': appId });

const domainOf = ({ bootstrap }: Site): string => bootstrap.admin.username.split('@')[1] ?? '';

const expectConnects = async (site: Site, name: string, credential: Readonly<Record<string, string>>) => {
  const machine = site.machine(name);
  await machine.startHimds();
  const none = { 'service-principal-secret': null };
  const { code, output } = await machine.connect({ 'resource-name': name, ...none, ...credential });
  expect(code, output).toBe(0);
  expect(await machine.show()).toMatchObject({ status: 'Connected' });
};

const expectDone = async (az: Az, ...args: readonly string[]): Promise<void> => {
  const { code, output } = await az.run(...args);
  expect(code, output).toBe(0);
};

/** A secret that was taken away stops working by itself, within a minute. */
const refuses = (site: Site, credential: Printed) =>
  eventually('the secret is refused', () =>
    signIn(site.bootstrap, credential).then(
      () => false,
      ({ message }: Error) => message.includes('AADSTS7000215'),
    ),
  );
