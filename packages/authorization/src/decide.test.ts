import { scopeOf } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionMatches, builtInRoles, decide, findBuiltInRole, grantedScopes } from './index.ts';

const roles = new Map(builtInRoles.map((role) => [role.id, role]));
const principal = '00000000-0000-0000-0000-000000000001' as Uuid;

const holding = (...grants: [role: string, scope: string][]) =>
  grants.map(([role, scope]) => ({
    id: principal,
    roleId: findBuiltInRole(role)?.id as Uuid,
    principalId: principal,
    scope: scopeOf(scope),
  }));

const subscription = '/subscriptions/s1';
const group = `${subscription}/resourceGroups/G1`;
const machine = `${group}/providers/Microsoft.HybridCompute/machines/m1`;
const onboarding = 'Azure Connected Machine Onboarding';

describe('decide', () => {
  test.each([
    ['Owner', '/', 'Microsoft.HybridCompute/machines/delete', machine, true],
    ['Owner', subscription, 'Microsoft.Authorization/roleAssignments/write', group, true],
    ['Contributor', subscription, 'Microsoft.Authorization/roleAssignments/write', group, false],
    ['Contributor', subscription, 'Microsoft.Authorization/roleAssignments/read', group, true],
    ['Contributor', '/', 'Microsoft.Subscription/cancel/action', subscription, false],
    ['Reader', group, 'Microsoft.HybridCompute/machines/read', machine, true],
    ['Reader', group, 'Microsoft.HybridCompute/machines/write', machine, false],
    ['Reader', group, 'Microsoft.HybridCompute/machines/read', '/subscriptions/s1/resourcegroups/g10', false],
    ['Reader', group, 'Microsoft.Resources/subscriptions/read', subscription, false],
    ['User Access Administrator', group, 'Microsoft.Authorization/roleAssignments/write', machine, true],
    ['User Access Administrator', group, 'Microsoft.HybridCompute/machines/write', machine, false],
    ['Role Based Access Control Administrator', group, 'Microsoft.Authorization/roleAssignments/delete', machine, true],
    ['Role Based Access Control Administrator', group, 'Microsoft.Authorization/roleDefinitions/write', group, false],
    ['Role Based Access Control Administrator', group, 'Microsoft.Authorization/roleAssignments/write', '/', false],
    [onboarding, group, 'microsoft.hybridcompute/MACHINES/write', machine.toUpperCase(), true],
    [onboarding, group, 'Microsoft.HybridCompute/machines/delete', machine, false],
    [onboarding, group, 'Microsoft.HybridCompute/machines/extensions/write', machine, false],
    ['Azure Connected Machine Resource Administrator', group, 'Microsoft.HybridCompute/machines/delete', machine, true],
  ])('%s at %s: %s on %s is %s', (role, at, action, on, allowed) => {
    expect(decide({ assignments: holding([role, at]), roles, action, scope: scopeOf(on) }).allowed).toBe(allowed);
  });

  test('a decision names the grant it rests on', () => {
    const assignments = holding(['Reader', group], ['Owner', subscription]);
    const decision = decide({ assignments, roles, action: 'a/b/write', scope: scopeOf(machine) });
    expect(decision).toMatchObject({ allowed: true, because: { role: { name: 'Owner' } } });
  });

  test('nothing granted is nothing allowed', () => {
    const question = { assignments: [], roles, action: 'a/b/read', scope: scopeOf(machine) };
    expect(decide(question)).toEqual({ allowed: false, missing: { action: 'a/b/read', scope: scopeOf(machine) } });
  });
});

describe('grantedScopes', () => {
  test('a collection shows the granted places below its scope and no other', () => {
    const assignments = holding(
      ['Reader', group],
      [onboarding, '/subscriptions/s1/resourceGroups/g2'],
      ['Reader', '/subscriptions/s2'],
    );
    const question = {
      assignments,
      roles,
      action: 'Microsoft.HybridCompute/machines/read',
      scope: scopeOf(subscription),
    };
    expect(grantedScopes(question)).toEqual([scopeOf(group), scopeOf('/subscriptions/s1/resourcegroups/g2')]);
  });
});

test('a wildcard pattern matches as the regular expression it stands for', () => {
  const word = fc.stringMatching(/^[ab/*]{0,8}$/);
  fc.assert(
    fc.property(word, fc.stringMatching(/^[ab/]{0,10}$/), (pattern, action) => {
      const expression = new RegExp(`^${pattern.split('*').join('.*')}$`);
      expect(actionMatches(pattern, action)).toBe(expression.test(action));
    }),
    { numRuns: 1000 },
  );
});
