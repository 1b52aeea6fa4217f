import type { Uuid } from '@holdfast/kernel';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestAdministration } from '../../../test/test-administration.ts';
import { type CreateOptions, createPrincipal } from './create-principal.ts';

const { tools, printed } = await createTestAdministration('create-principal', afterAll);
const { stores, tenant } = tools;

const given: CreateOptions = { name: 'CI', role: 'Azure Connected Machine Onboarding', scope: '/', days: '30' };
const create = async (changes: Partial<CreateOptions>) => {
  await createPrincipal(tools, { ...given, ...changes });
  const [shown] = printed<{ appId: Uuid; password?: string }>();
  const clients = await stores.directoryWriter.listServicePrincipals(tenant.id);
  return { shown, client: clients.find(({ appId }) => appId === shown?.appId) };
};

test('a principal has a secret, which is printed', async () => {
  const { shown, client } = await create({});
  expect(shown?.password).toMatch(/^[\w-]{43}$/);
  expect([client?.secrets.length, client?.federatedCredentials]).toEqual([1, []]);
});

describe('a principal of another issuer has no secret', () => {
  test.each([
    [
      'https://token.actions.githubusercontent.com,repo:org/app:ref:refs/heads/main,api://holdfast',
      'repo:org/app:ref:refs/heads/main',
      'api://holdfast',
    ],
    [
      'https://k8s.example,system:serviceaccount:ci:runner',
      'system:serviceaccount:ci:runner',
      'api://AzureADTokenExchange',
    ],
    ['https://ca.example,cn=a,dc=b,api://holdfast', 'cn=a,dc=b', 'api://holdfast'],
  ])('%s', async (federated, subject, audience) => {
    const { shown, client } = await create({ federated });
    expect(shown).not.toHaveProperty('password');
    expect(client?.secrets).toEqual([]);
    expect(client?.federatedCredentials).toMatchObject([{ subject, audiences: [audience] }]);
  });
});

test.each<[string, Partial<CreateOptions>, RegExp]>([
  ['an issuer without TLS', { federated: 'http://k8s.example,sub,aud' }, /--federated/],
  ['no subject', { federated: 'https://k8s.example' }, /--federated/],
  ['an empty audience', { federated: 'https://k8s.example,sub,' }, /--federated/],
  ['two kinds of credential', { federated: 'https://k8s.example,sub', certificate: 'x.pem' }, /exclude each other/],
])('%s is refused', async (_, changes, reason) => {
  await expect(create(changes)).rejects.toThrow(reason);
});
