import { newUuid } from '@holdfast/kernel';
import { seededRandom } from '@holdfast/testkit';
import { describe, expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import type {
  ConditionalAccessPolicy,
  GrantControl,
  GrantControls,
  NamedLocation,
  PolicyConditions,
} from './policy.ts';
import type { SignInFacts } from './sign-in-facts.ts';

const random = seededRandom('evaluate');
const at = new Date('2026-01-01T00:00:00Z');
const tenantId = newUuid(random);
const [person, program, group, otherId] = [newUuid(random), newUuid(random), newUuid(random), newUuid(random)];
const role = '62e90394-69f5-4237-9190-012177145e10';

const hq: NamedLocation = {
  id: newUuid(random),
  tenantId,
  displayName: 'HQ',
  isTrusted: true,
  ranges: ['10.0.0.0/8'],
  createdAt: at,
  modifiedAt: at,
};

const nobody = { include: [], exclude: [] };
const noUsers = { ...nobody, includeGroups: [], excludeGroups: [], includeRoles: [], excludeRoles: [] };
const everything: PolicyConditions = {
  users: { ...noUsers, include: 'all' },
  workloads: { include: 'all', exclude: [] },
  resources: { include: 'all', exclude: [] },
  locations: undefined,
  credentialKinds: undefined,
  flows: undefined,
};

const policy = (grant: GrantControls, changes: Partial<PolicyConditions> = {}): ConditionalAccessPolicy => ({
  id: newUuid(random),
  tenantId,
  displayName: 'Rule',
  state: 'enabled',
  conditions: { ...everything, ...changes },
  grant,
  createdAt: at,
  modifiedAt: at,
});

const block: GrantControls = { kind: 'block' };
const all = (...controls: GrantControl[]): GrantControls => ({ kind: 'require', operator: 'AND', controls });
const any = (...controls: GrantControl[]): GrantControls => ({ kind: 'require', operator: 'OR', controls });
const mfa: GrantControl = { kind: 'mfa' };
const certificate: GrantControl = { kind: 'certificate' };
const fromHq: GrantControl = { kind: 'location', locationIds: [hq.id] };

const byProgram: SignInFacts = {
  principal: { kind: 'workload', id: program },
  resource: ['https://holdfast.example/', otherId],
  address: '192.0.2.7',
  credential: 'secret',
  flow: 'clientCredentials',
};
const byPerson: SignInFacts = {
  principal: { kind: 'user', id: person, groups: [group], roles: [role], mfa: 'possible' },
  resource: ['https://holdfast.example'],
  address: '10.1.2.3',
  credential: 'password',
  flow: 'browser',
};
const byPersonWho = (changes: Partial<Extract<SignInFacts['principal'], { kind: 'user' }>>): SignInFacts => ({
  ...byPerson,
  principal: { kind: 'user', id: person, groups: [group], roles: [role], mfa: 'possible', ...changes },
});

const outcome = (rule: ConditionalAccessPolicy, facts: SignInFacts) => {
  const { decision, policies } = evaluate([rule], [hq], facts);
  return [decision, policies[0]?.result, policies[0]?.reason];
};

describe('what a policy requires', () => {
  test.each<[string, GrantControls, SignInFacts, string, string, string]>([
    ['nothing passes a block', block, byProgram, 'block', 'failure', 'blocks every sign-in that it applies to'],
    [
      'a secret where a certificate is required',
      all(certificate),
      byProgram,
      'block',
      'failure',
      'requires a client certificate; a secret was presented',
    ],
    [
      'a federated token where a certificate is required',
      all(certificate),
      { ...byProgram, credential: 'federated' },
      'block',
      'failure',
      'requires a client certificate; a federated token was presented',
    ],
    [
      'a certificate where it is required',
      all(certificate),
      { ...byProgram, credential: 'certificate' },
      'grant',
      'success',
      'a client certificate was presented',
    ],
    [
      'another network than required',
      all(fromHq),
      byProgram,
      'block',
      'failure',
      "requires one of the locations 'HQ' (10.0.0.0/8); came from 192.0.2.7",
    ],
    [
      'the network that is required',
      all(fromHq),
      byPerson,
      'grant',
      'success',
      "came from 10.1.2.3, in the location 'HQ' (10.0.0.0/8)",
    ],
    [
      'a location that was deleted',
      all({ kind: 'location', locationIds: [otherId] }),
      byPerson,
      'block',
      'failure',
      'requires one of the locations that no longer exist; came from 10.1.2.3',
    ],
    [
      'a second factor that can still be asked for',
      all(mfa),
      byPerson,
      'mfaRequired',
      'failure',
      'requires multi-factor authentication, which was not done',
    ],
    [
      'a second factor that was given',
      all(mfa),
      byPersonWho({ mfa: 'done' }),
      'grant',
      'success',
      'multi-factor authentication was done',
    ],
    [
      'a second factor that cannot be given',
      all(mfa),
      byPersonWho({ mfa: 'impossible' }),
      'block',
      'failure',
      'requires multi-factor authentication, which was not done',
    ],
    [
      'a second factor of a program',
      all(mfa),
      byProgram,
      'block',
      'failure',
      'requires multi-factor authentication, which a program cannot do',
    ],
    [
      'a second factor does not mend what else is missing',
      all(mfa, certificate),
      byPerson,
      'block',
      'failure',
      'requires multi-factor authentication, which was not done; also requires a client certificate; a password was presented',
    ],
    [
      'one of several is enough',
      any(certificate, fromHq),
      byPerson,
      'grant',
      'success',
      "came from 10.1.2.3, in the location 'HQ' (10.0.0.0/8)",
    ],
    [
      'a second factor can be the one of several',
      any(certificate, mfa),
      byPerson,
      'mfaRequired',
      'failure',
      'requires a client certificate; a password was presented; or requires multi-factor authentication, which was not done',
    ],
    ['no control requires nothing', any(), byPerson, 'grant', 'success', 'requires nothing'],
  ])('%s', (_, grant, facts, decision, result, reason) => {
    expect(outcome(policy(grant), facts)).toEqual([decision, result, reason]);
  });
});

describe('whom and what a policy is about', () => {
  const users = (changes: Partial<PolicyConditions['users']>) => ({ users: { ...noUsers, ...changes } });
  const include = (...names: string[]) => ({ include: names, exclude: [] });
  const except = (...names: string[]) => ({ include: 'all' as const, exclude: names });

  test.each<[string, Partial<PolicyConditions>, SignInFacts]>([
    ['a person by id', users({ include: [person.toUpperCase()] }), byPerson],
    ['a person by group', users({ includeGroups: [group] }), byPerson],
    ['a person by directory role', users({ includeRoles: [role] }), byPerson],
    ['a program by id', { workloads: include(program) }, byProgram],
    ['a resource with or without a slash', { resources: include('https://holdfast.example') }, byProgram],
    ['a resource with or without a slash, turned round', { resources: include('https://holdfast.example/') }, byPerson],
    ['a resource without letter case', { resources: include('https://Holdfast.example') }, byPerson],
    ['a resource by its application', { resources: include(otherId) }, byProgram],
    ['a place', { locations: include(hq.id) }, byPerson],
    ['every trusted place', { locations: include('AllTrusted') }, byPerson],
    ['all places but one', { locations: except(hq.id) }, byProgram],
    ['a kind of credential', { credentialKinds: ['secret', 'federated'] }, byProgram],
    ['a flow', { flows: ['browser'] }, byPerson],
  ])('%s', (_, conditions, facts) => {
    expect(outcome(policy(block, conditions), facts)[0]).toBe('block');
  });

  const names = { person: 'the person', program: 'the program', resource: 'the resource' };
  test.each<[string, Partial<PolicyConditions>, SignInFacts]>([
    [`${names.person} is not among those it is about`, users({ include: [otherId] }), byPerson],
    [`${names.person} is not among those it is about`, users({}), byPerson],
    [`${names.person} is excluded`, users({ include: 'all', exclude: [person] }), byPerson],
    ['a group of the person is excluded', users({ include: 'all', excludeGroups: [group] }), byPerson],
    ['a directory role of the person is excluded', users({ include: 'all', excludeRoles: [role] }), byPerson],
    [`${names.program} is not among those it is about`, { workloads: nobody }, byProgram],
    [`${names.program} is excluded`, { workloads: except(program) }, byProgram],
    [`${names.resource} is not among those it is about`, { resources: include('https://other.example') }, byProgram],
    [`${names.resource} is excluded`, { resources: except('https://holdfast.example') }, byProgram],
    ["came from 192.0.2.7, outside of its locations 'HQ' (10.0.0.0/8)", { locations: include(hq.id) }, byProgram],
    ["came from 10.1.2.3, in the excluded location 'HQ' (10.0.0.0/8)", { locations: except('AllTrusted') }, byPerson],
    ['it is not about sign-ins with a password', { credentialKinds: ['external'] }, byPerson],
    ['it is not about sign-ins by client credentials', { flows: ['browser', 'deviceCode'] }, byProgram],
  ])('%s', (reason, conditions, facts) => {
    expect(outcome(policy(block, conditions), facts)).toEqual(['grant', 'notApplied', reason]);
  });
});

describe('several policies', () => {
  test('one that blocks wins over one that asks for a second factor', () => {
    expect(evaluate([policy(all(mfa)), policy(block), policy(all(fromHq))], [hq], byPerson).decision).toBe('block');
  });

  test('without a policy every sign-in is granted', () => {
    expect(evaluate([], [], byPerson)).toEqual({ decision: 'grant', policies: [] });
  });

  test('one that only reports says what it would have done', () => {
    const rules = [policy(block), policy(all(fromHq)), policy(block, { flows: [] })];
    const reporting = rules.map((rule) => ({ ...rule, state: 'reportOnly' as const }));
    const { decision, policies } = evaluate(reporting, [hq], byPerson);
    expect(decision).toBe('grant');
    expect(policies.map(({ result }) => result)).toEqual(['reportOnlyFailure', 'reportOnlySuccess', 'notApplied']);
  });

  test('one that is disabled says nothing', () => {
    expect(evaluate([{ ...policy(block), state: 'disabled' }], [], byPerson).policies).toEqual([]);
  });
});
