import {
  type ConditionalAccessStore,
  type DirectoryRoleStore,
  type Evaluation,
  evaluate,
  type MembershipStore,
  type PresentedKind,
  type SignInFlow,
  type User,
  type UserFacts,
} from '@holdfast/directory';
import { type Clock, createTimedCache, seconds, type Uuid } from '@holdfast/kernel';
import { graphAppId, managementAppId, type RequestedResource } from '../dialect/requested-resource.ts';

/** What every question to the policies says. */
export interface Attempt {
  readonly tenantId: Uuid;
  readonly resource: RequestedResource;
  readonly address: string;
  readonly credential: PresentedKind;
  readonly flow: SignInFlow;
}

/** The tenant's policies as the endpoints ask them; a change elsewhere holds here within ten seconds. */
export interface ConditionalAccess {
  judgeProgram(attempt: Attempt, servicePrincipalId: Uuid): Promise<Evaluation>;
  judgePerson(attempt: Attempt, person: { readonly user: User; readonly mfa: UserFacts['mfa'] }): Promise<Evaluation>;
}

export interface ConditionalAccessOptions {
  readonly policies: ConditionalAccessStore;
  readonly memberships: MembershipStore;
  readonly roles: DirectoryRoleStore;
  readonly clock: Clock;
}

const maxAge = seconds(10);
const nothingToSay: Evaluation = { decision: 'grant', policies: [] };

export const createConditionalAccess = (options: ConditionalAccessOptions): ConditionalAccess => {
  const rules = createTimedCache({
    clock: options.clock,
    capacity: 1_000,
    load: async (tenantId) => {
      const [policies, locations] = await Promise.all([
        options.policies.listPolicies(tenantId as Uuid),
        options.policies.listLocations(tenantId as Uuid),
      ]);
      return { policies: policies.filter(({ state }) => state !== 'disabled'), locations };
    },
  });
  const judge = async (attempt: Attempt, principal: () => Promise<Parameters<typeof evaluate>[2]['principal']>) => {
    const known = await rules.get(attempt.tenantId, maxAge);
    if (known === undefined || known.policies.length === 0) return nothingToSay;
    const { address, credential, flow } = attempt;
    const facts = { principal: await principal(), resource: namesOf(attempt.resource), address, credential, flow };
    return evaluate(known.policies, known.locations, facts);
  };
  return {
    judgeProgram: (attempt, id) => judge(attempt, async () => ({ kind: 'workload', id })),
    judgePerson: (attempt, { user, mfa }) =>
      judge(attempt, async () => {
        const [groups, roles] = await Promise.all([
          options.memberships.listGroupsOf(user.tenantId, user.id, { transitive: true }),
          options.roles.listOfPrincipal(user.tenantId, user.id),
        ]);
        return { kind: 'user', id: user.id, groups: groups.map(({ id }) => id), roles, mfa };
      }),
  };
};

/** A policy may name one of our APIs by its Azure id, whatever the program called it. */
const namesOf = ({ audience, isGraph, isManagement }: RequestedResource): readonly string[] => [
  audience,
  ...(isGraph ? [graphAppId] : []),
  ...(isManagement ? [managementAppId] : []),
];
