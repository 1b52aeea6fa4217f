import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { noRedirectUris } from '@holdfast/directory';
import { createFixtures, createTestDatabase, fixtureTime } from '@holdfast/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from './migrate.ts';

const { db, stores } = await createTestDatabase({ empty: true });
const fixtures = createFixtures('upgrade');
const [tenantId, userId, machineId] = [fixtures.id(), fixtures.id(), fixtures.id()];
const program = { applicationId: fixtures.id(), principalId: fixtures.id(), appId: fixtures.id() };
const [secretId, certificateId] = [fixtures.id(), fixtures.id()];
const hash = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA';
const endsAt = new Date('2028-01-01T00:00:00Z');

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** The migrations that a released version brought along. */
const migrationsUpTo = async (last: string): Promise<URL> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-released-'));
  folders.push(folder);
  const own = new URL('./migrations/', import.meta.url);
  for (const file of await readdir(own)) if (file <= last) await copyFile(new URL(file, own), join(folder, file));
  return pathToFileURL(`${folder}/`);
};

/** The statements of version 0.1.0, which names neither the columns nor the tables that came later. */
const written = {
  tenant: () => sql`
    insert into tenant (tenant_id, display_name, default_domain) values (${tenantId}, 'Contoso', 'contoso.example')`,
  user: (id = userId, name = 'Admin@contoso.example') => sql`
    insert into directory_user
      (tenant_id, user_id, user_principal_name, user_principal_name_key, display_name, password_hash, enabled, created_at)
    values (${tenantId}, ${id}, ${name}, ${name.toLowerCase()}, 'The Admin', ${hash}, true, ${fixtureTime})`,
  application: () => sql`
    insert into application (application_id, tenant_id, app_id, display_name, created_at)
    values (${program.applicationId}, ${tenantId}, ${program.appId}, 'Onboarding', ${fixtureTime})`,
  principal: () => sql`
    insert into service_principal
      (tenant_id, principal_id, app_id, application_id, kind, display_name, enabled, permissions, created_at)
    values (${tenantId}, ${program.principalId}, ${program.appId}, ${program.applicationId}, 'Application', 'Onboarding',
      true, array['Application.Read.All'], ${fixtureTime})`,
  machine: (id = machineId, name = 'Web-01') => sql`
    insert into service_principal
      (tenant_id, principal_id, app_id, application_id, kind, display_name, enabled, permissions, created_at)
    values (${tenantId}, ${id}, ${fixtures.id()}, null, 'ManagedIdentity', ${name}, true, '{}', ${fixtureTime})`,
  secret: (id = secretId) => sql`
    insert into client_secret
      (tenant_id, application_id, secret_id, display_name, sha256, hint, starts_at, ends_at)
    values (${tenantId}, ${program.applicationId}, ${id}, 'ci', ${Buffer.alloc(32, 1)}, 'abc', ${fixtureTime}, ${endsAt})`,
  certificate: () => sql`
    insert into client_certificate
      (tenant_id, application_id, certificate_id, certificate_der, sha256_thumbprint, sha1_thumbprint, starts_at, ends_at)
    values (${tenantId}, ${program.applicationId}, ${certificateId}, ${Buffer.of(1)}, 's256', 's1', ${fixtureTime},
      ${endsAt})`,
  role: () => sql`
    insert into directory_role_assignment (tenant_id, assignment_id, principal_id, role_id)
    values (${tenantId}, ${fixtures.id()}, ${userId}, '62e90394-69f5-4237-9190-012177145e10')`,
  key: () => sql`
    insert into signing_key
      (tenant_id, kid, algorithm, public_key_spki, sealed_private_key, signs_from, created_at)
    values (${tenantId}, 'k', 'RS256', ${Buffer.of(1)}, ${Buffer.of(2)}, ${fixtureTime}, ${fixtureTime})`,
};

describe('a database of version 0.1.0, once upgraded,', () => {
  beforeAll(async () => {
    await migrate(db, await migrationsUpTo('0004_service.sql'));
    for (const write of Object.values(written)) await write().execute(db);
    await migrate(db);
  });

  test('has its tenant, with the policy that tenants begin with', async () => {
    expect(await stores.directory.findTenant('contoso.example')).toEqual({
      id: tenantId,
      displayName: 'Contoso',
      defaultDomain: 'contoso.example',
      policy: { usersMayRegisterApplications: false, usersMayConsent: true },
    });
  });

  test('has its administrator, whose password and tokens count since creation', async () => {
    expect(await stores.users.findByName(tenantId, 'ADMIN@contoso.example')).toEqual({
      id: userId,
      tenantId,
      userPrincipalName: 'Admin@contoso.example',
      displayName: 'The Admin',
      profile: {},
      passwordHash: hash,
      mustChangePassword: false,
      passwordChangedAt: fixtureTime,
      enabled: true,
      totp: undefined,
      external: undefined,
      tokensValidFrom: fixtureTime,
      createdAt: fixtureTime,
    });
    const roles = await stores.directoryRoles.listOfPrincipal(tenantId, userId);
    expect(roles).toEqual(['62e90394-69f5-4237-9190-012177145e10']);
  });

  test('has its programs with their credentials', async () => {
    expect(await stores.directory.findClient(tenantId, program.appId)).toMatchObject({
      objectId: program.principalId,
      displayName: 'Onboarding',
      enabled: true,
      secrets: [{ id: secretId, endsAt, lastUsedAt: undefined }],
      certificates: [{ id: certificateId, displayName: '', endsAt, lastUsedAt: undefined }],
      federatedCredentials: [],
      redirectUris: noRedirectUris,
      isFallbackPublicClient: false,
      roles: ['Application.Read.All'],
    });
    expect(await stores.applications.find(tenantId, program.applicationId)).toMatchObject({
      identifierUris: [],
      manifest: {},
    });
  });

  test.each([
    ['users', () => stores.users.list(tenantId, named('the A')), userId],
    ['applications', () => stores.applications.list(tenantId, named('onB')), program.applicationId],
    ['programs', () => stores.servicePrincipals.list(tenantId, named('ONb')), program.principalId],
    ['machines', () => stores.servicePrincipals.list(tenantId, named('WEB-')), machineId],
  ])('finds its %s by name, without letter case', async (_what, list, id) => {
    expect((await list()).items.map((item) => item.id)).toEqual([id]);
  });

  test('has its signing keys, which do not retire by themselves', async () => {
    expect(await stores.signingKeys.listSigningKeys(tenantId)).toMatchObject([{ kid: 'k', retiresAt: undefined }]);
  });

  test('is written to by version 0.1.0 as before, while the upgrade is under way', async () => {
    const [user, machine] = [fixtures.id(), fixtures.id()];
    await written.user(user, 'second@contoso.example').execute(db);
    await written.machine(machine, 'Late-02').execute(db);
    await written.secret(fixtures.id()).execute(db);
    expect(await stores.users.find(tenantId, user)).toMatchObject({ mustChangePassword: false, profile: {} });
    const { items } = await stores.servicePrincipals.list(tenantId, named('late-'));
    expect(items).toMatchObject([{ id: machine, tags: [] }]);
  });
});

const named = (value: string) => ({
  where: [{ field: 'displayName', operator: 'startsWith', value } as const],
  top: 10,
  after: undefined,
});
