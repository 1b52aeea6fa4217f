import type { Uuid } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Evaluation, evaluate } from './evaluate.ts';
import type { ConditionalAccessPolicy, GrantControl, NamedLocation, Selection } from './policy.ts';
import type { SignInFacts } from './sign-in-facts.ts';

const at = new Date('2026-01-01T00:00:00Z');
const tenantId = 't' as Uuid;

// A small world, so that random policies and sign-ins often meet.
const ids = ['a', 'b', 'c'] as Uuid[];
const addresses = ['10.0.0.1', '10.200.0.1', '192.0.2.1', '2001:db8::1', 'unknown'];
const ranges: Readonly<Record<string, readonly string[]>> = {
  '10.0.0.0/8': ['10.0.0.1', '10.200.0.1'],
  '10.0.0.0/24': ['10.0.0.1'],
  '0.0.0.0/0': ['10.0.0.1', '10.200.0.1', '192.0.2.1'],
  '2001:db8::/32': ['2001:db8::1'],
};
const kinds = ['password', 'external', 'secret', 'certificate', 'federated'] as const;
const flows = ['browser', 'deviceCode', 'clientCredentials', 'refresh'] as const;

const some = <T>(values: readonly T[]) => fc.subarray([...values]);
const selection: fc.Arbitrary<Selection> = fc.record({
  include: fc.oneof(fc.constant('all' as const), some(ids)),
  exclude: some(ids),
});
const control: fc.Arbitrary<GrantControl> = fc.oneof(
  fc.constant({ kind: 'mfa' as const }),
  fc.constant({ kind: 'certificate' as const }),
  some(ids).map((locationIds) => ({ kind: 'location' as const, locationIds })),
);
const policy: fc.Arbitrary<ConditionalAccessPolicy> = fc.record({
  id: fc.uuid().map((id) => id as Uuid),
  tenantId: fc.constant(tenantId),
  displayName: fc.string(),
  state: fc.constantFrom('enabled' as const, 'enabled' as const, 'reportOnly' as const, 'disabled' as const),
  conditions: fc.record({
    users: fc.record({
      include: fc.oneof(fc.constant('all' as const), some(ids)),
      exclude: some(ids),
      includeGroups: some(ids),
      excludeGroups: some(ids),
      includeRoles: some(ids),
      excludeRoles: some(ids),
    }),
    workloads: selection,
    resources: selection,
    locations: fc.option(selection, { nil: undefined }),
    credentialKinds: fc.option(some(kinds), { nil: undefined }),
    flows: fc.option(some(flows), { nil: undefined }),
  }),
  grant: fc.oneof(
    fc.constant({ kind: 'block' as const }),
    fc.record({
      kind: fc.constant('require' as const),
      operator: fc.constantFrom('AND' as const, 'OR' as const),
      controls: fc.array(control, { maxLength: 3 }),
    }),
  ),
  createdAt: fc.constant(at),
  modifiedAt: fc.constant(at),
});
const locations: fc.Arbitrary<NamedLocation[]> = fc.array(some(Object.keys(ranges)), { maxLength: 3 }).map((each) =>
  each.map((chosen, i) => ({
    id: ids[i] as Uuid,
    tenantId,
    displayName: `place ${i}`,
    isTrusted: false,
    ranges: chosen,
    createdAt: at,
    modifiedAt: at,
  })),
);
const facts: fc.Arbitrary<SignInFacts> = fc.record({
  principal: fc.oneof(
    fc.record({ kind: fc.constant('workload' as const), id: fc.constantFrom(...ids) }),
    fc.record({
      kind: fc.constant('user' as const),
      id: fc.constantFrom(...ids),
      groups: some(ids),
      roles: some(ids),
      mfa: fc.constantFrom('done' as const, 'possible' as const, 'impossible' as const),
    }),
  ),
  resource: some(ids),
  address: fc.constantFrom(...addresses),
  credential: fc.constantFrom(...kinds),
  flow: fc.constantFrom(...flows),
});

const policies = fc.array(policy, { maxLength: 5 });
const decide = (rules: readonly ConditionalAccessPolicy[], places: NamedLocation[], of: SignInFacts) =>
  evaluate(rules, places, of).decision;

describe('whatever the policies and the sign-in', () => {
  test('one that is disabled or only reports changes no decision', () => {
    fc.assert(
      fc.property(policies, policy, locations, facts, (rules, further, places, of) => {
        for (const state of ['disabled', 'reportOnly'] as const)
          expect(decide([...rules, { ...further, state }], places, of)).toBe(decide(rules, places, of));
      }),
    );
  });

  test('a further policy never makes the decision milder', () => {
    const severity = { grant: 0, mfaRequired: 1, block: 2 };
    fc.assert(
      fc.property(policies, policy, locations, facts, (rules, further, places, of) => {
        const [before, after] = [decide(rules, places, of), decide([...rules, further], places, of)];
        expect(severity[after]).toBeGreaterThanOrEqual(severity[before]);
      }),
    );
  });

  test('their order decides nothing', () => {
    const shuffled = policies.chain((rules) =>
      fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })),
    );
    fc.assert(
      fc.property(shuffled, locations, facts, ([rules, mixed], places, of) => {
        const [one, other] = [evaluate(rules, places, of), evaluate(mixed, places, of)];
        expect(other.decision).toBe(one.decision);
        expect(new Set(other.policies.map((each) => JSON.stringify(each)))).toEqual(
          new Set(one.policies.map((each) => JSON.stringify(each))),
        );
      }),
    );
  });

  test('a second factor never makes it worse', () => {
    fc.assert(
      fc.property(policies, locations, facts, (rules, places, of) => {
        if (of.principal.kind === 'workload') return;
        const withMfa = { ...of, principal: { ...of.principal, mfa: 'done' as const } };
        if (decide(rules, places, of) !== 'block') expect(decide(rules, places, withMfa)).toBe('grant');
      }),
    );
  });

  test('the decision is the one of a plain model', () => {
    fc.assert(
      fc.property(policies, locations, facts, (rules, places, of) => {
        expect(decide(rules, places, of)).toBe(model(rules, places, of));
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The rules once more, as plainly as can be: the sign-in is tried without and, where possible, with a second factor. */
const model = (rules: ConditionalAccessPolicy[], places: NamedLocation[], of: SignInFacts): Evaluation['decision'] => {
  const inAny = (locationIds: readonly string[]) =>
    places.some((place) => locationIds.includes(place.id) && place.ranges.some((r) => ranges[r]?.includes(of.address)));
  const hit = (selected: 'all' | readonly string[], names: readonly string[]) =>
    selected === 'all' || names.some((name) => selected.includes(name));
  const applies = ({ conditions: { users, workloads, resources, ...rest } }: ConditionalAccessPolicy) => {
    const { principal } = of;
    const isWho =
      principal.kind === 'workload'
        ? hit(workloads.include, [principal.id]) && !hit(workloads.exclude, [principal.id])
        : (hit(users.include, [principal.id]) ||
            hit(users.includeGroups, principal.groups) ||
            hit(users.includeRoles, principal.roles)) &&
          !hit(users.exclude, [principal.id]) &&
          !hit(users.excludeGroups, principal.groups) &&
          !hit(users.excludeRoles, principal.roles);
    const isWhat = hit(resources.include, of.resource) && !hit(resources.exclude, of.resource);
    const isWhere =
      !rest.locations ||
      ((rest.locations.include === 'all' || inAny(rest.locations.include)) && !inAny(rest.locations.exclude));
    const isHow = (rest.credentialKinds ?? kinds).includes(of.credential) && (rest.flows ?? flows).includes(of.flow);
    return isWho && isWhat && isWhere && isHow;
  };
  const passes = (mfa: boolean) => {
    const has = (each: GrantControl) =>
      each.kind === 'mfa'
        ? mfa
        : each.kind === 'certificate'
          ? of.credential === 'certificate'
          : inAny(each.locationIds);
    return rules
      .filter((rule) => rule.state === 'enabled' && applies(rule))
      .every(({ grant }) => {
        if (grant.kind === 'block') return false;
        if (grant.controls.length === 0) return true;
        return grant.operator === 'AND' ? grant.controls.every(has) : grant.controls.some(has);
      });
  };
  const mfa = of.principal.kind === 'user' ? of.principal.mfa : 'impossible';
  if (passes(mfa === 'done')) return 'grant';
  return mfa === 'possible' && passes(true) ? 'mfaRequired' : 'block';
};
