import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityProviderLabel } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { fixtureTime } from '@holdfast/testkit';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { type AddOptions, addIdentityProvider } from './add-identity-provider.ts';
import { listIdentityProviders } from './list-identity-providers.ts';
import { removeIdentityProvider } from './remove-identity-provider.ts';

const { tools, fixtures, sealer, folder, printed } = await createTestAdministration(
  'identity-provider-commands',
  afterAll,
);
const { stores, tenant } = tools;

const clientSecretFile = join(folder, 'secret');
writeFileSync(clientSecretFile, 'canary-secret\n');

const given: AddOptions = {
  name: 'Company',
  issuer: 'https://login.example.com/realms/main',
  clientId: 'holdfast',
  clientSecretFile,
  scope: [],
  group: [],
};

const putGroup = async () => {
  const id = fixtures.id();
  const names = { displayName: 'Operators', description: undefined, mailNickname: 'operators' };
  await stores.groups.insert({ id, tenantId: tenant.id, ...names, createdAt: fixtureTime });
  return id;
};

test('a provider is added, listed and removed; its secret is kept sealed and never printed', async () => {
  const groupId = await putGroup();
  const group = [`cn=ops,dc=example=${groupId}`];
  await addIdentityProvider(tools, { ...given, scope: ['groups'], groupClaim: 'groups', group, trustsMfa: true });
  await listIdentityProviders(tools);
  const output = printed<{ id: Uuid }>();
  const [added] = output;
  expect(added).toMatchObject({
    name: 'Company',
    issuer: 'https://login.example.com/realms/main',
    groups: { 'cn=ops,dc=example': groupId },
    createsUsers: false,
    trustsMfa: true,
  });
  expect(output[1]).toEqual([added]);
  expect(JSON.stringify(output)).not.toContain('canary');
  const id = added?.id as Uuid;
  const kept = await stores.identityProviders.find(tenant.id, id);
  const secret = sealer.open(kept?.sealedClientSecret ?? new Uint8Array(), identityProviderLabel(tenant.id, id));
  expect(new TextDecoder().decode(secret)).toBe('canary-secret');
  await removeIdentityProvider(tools, { id });
  expect(await stores.identityProviders.list(tenant.id)).toEqual([]);
  await expect(removeIdentityProvider(tools, { id })).rejects.toThrow(/no provider/);
});

describe('what cannot be used is refused, without the secret in the words', () => {
  const lines = join(folder, 'lines');
  writeFileSync(lines, 'canary-one\ncanary-two\n');
  test.each<[string, Partial<AddOptions>, RegExp]>([
    ['an issuer without TLS', { issuer: 'http://login.example.com' }, /--issuer/],
    ['an issuer with a query', { issuer: 'https://login.example.com/?tenant=1' }, /--issuer/],
    ['no file', { clientSecretFile: join(folder, 'missing') }, /cannot be read/],
    ['a file with more than the secret', { clientSecretFile: lines }, /on one line/],
    ['a group without a claim', { group: ['a=b'] }, /--group-claim/],
    ['a group without an id', { groupClaim: 'groups', group: ['ops'] }, /VALUE=GROUPID/],
    ['a group that is not there', { groupClaim: 'groups', group: [`ops=${fixtures.id()}`] }, /there is no group/],
  ])('%s', async (_, changes, reason) => {
    const error = await addIdentityProvider(tools, { ...given, ...changes }).catch((thrown: Error) => thrown);
    expect(String(error)).toMatch(reason);
    expect(String(error)).not.toContain('canary');
  });
});
