import type { ConditionalAccessPolicy, NamedLocation } from '@holdfast/directory';
import { newUuid, type Uuid } from '@holdfast/kernel';
import { conditionsForAll } from '@holdfast/testkit';
import type { TestAuthority } from './test-authority.ts';
import { random } from './test-directory.ts';

export interface PolicyWish {
  /** Ids of people and of service principals. */
  readonly about: readonly Uuid[];
  readonly grant: ConditionalAccessPolicy['grant'];
  readonly state?: ConditionalAccessPolicy['state'];
  readonly conditions?: Partial<ConditionalAccessPolicy['conditions']>;
}

export const requiring = (...controls: Extract<ConditionalAccessPolicy['grant'], { kind: 'require' }>['controls']) =>
  ({ kind: 'require', operator: 'AND', controls }) as const;

/** A policy of the first tenant, in force when this resolves. */
export const putPolicy = async (authority: TestAuthority, wish: PolicyWish): Promise<ConditionalAccessPolicy> => {
  const now = authority.clock.now();
  const [selected, none] = [
    { include: wish.about, exclude: [] },
    { include: [], exclude: [] },
  ];
  const users = { ...conditionsForAll.users, ...selected };
  const policy: ConditionalAccessPolicy = {
    id: newUuid(random),
    tenantId: authority.tenant.id,
    displayName: 'A policy',
    state: wish.state ?? 'enabled',
    conditions: { ...conditionsForAll, users, workloads: wish.about.length > 0 ? selected : none, ...wish.conditions },
    grant: wish.grant,
    createdAt: now,
    modifiedAt: now,
  };
  await authority.state.conditionalAccess.putPolicy(policy);
  // Policies are cached for ten seconds.
  authority.clock.advance(10_001);
  return policy;
};

export const putLocation = async (authority: TestAuthority, ranges: readonly string[]): Promise<NamedLocation> => {
  const now = authority.clock.now();
  const ids = { id: newUuid(random), tenantId: authority.tenant.id };
  const location = { ...ids, displayName: 'Office', isTrusted: true, ranges, createdAt: now, modifiedAt: now };
  await authority.state.conditionalAccess.putLocation(location);
  return location;
};
