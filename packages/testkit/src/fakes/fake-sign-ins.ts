import type { SignIn, SignInField, SignInQuery, SignInStore } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { type FakeList, fakePage } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';

export const fakeSignIns = ({ signIns }: FakeState): SignInStore => ({
  insertAll: async (batch) => {
    for (const signIn of batch)
      if (!signIns.find((other) => other.tenantId === signIn.tenantId && other.id === signIn.id))
        signIns.insert(signIn);
  },
  list: async (tenantId, query) =>
    fakePage(listOf(signIns.all().filter((signIn) => signIn.tenantId === tenantId && isAsked(signIn, query))), query),
  /** The fakes know no credentials. */
  recordUses: async () => {},
  deleteBefore: async (at) => signIns.remove((signIn) => signIn.lastAt < at),
});

const isAsked = (signIn: SignIn, { outcome, from, to }: SignInQuery): boolean =>
  (outcome === undefined || (outcome === 'failed') === (signIn.outcome.code !== 0)) &&
  (from === undefined || signIn.at >= from) &&
  (to === undefined || signIn.at <= to);

const listOf = (items: readonly SignIn[]): FakeList<SignIn, SignInField> => ({
  items,
  fields: {
    id: (signIn) => signIn.id,
    appId: (signIn) => signIn.app.appId,
    userId: (signIn) => idOfPerson(signIn),
    userPrincipalName: ({ principal }) => (principal.kind === 'servicePrincipal' ? undefined : principal.name),
    ipAddress: (signIn) => signIn.address,
    servicePrincipalId: ({ principal }) => (principal.kind === 'servicePrincipal' ? principal.id : undefined),
    correlationId: (signIn) => signIn.correlationId,
  },
  placeOf: (signIn) => ({ at: signIn.at, id: signIn.id }),
  newestFirst: true,
});

const idOfPerson = ({ principal }: SignIn): Uuid | undefined =>
  principal.kind === 'servicePrincipal' ? undefined : principal.id;
