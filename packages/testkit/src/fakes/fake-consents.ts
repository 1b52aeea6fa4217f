import type { Consent, ConsentStore } from '@holdfast/directory';
import { inOrder } from './fake-page.ts';
import type { FakeState } from './fake-state.ts';

export const fakeConsents = (state: FakeState): ConsentStore => ({
  listOf: async (tenantId, { appId, userId }) =>
    ordered(
      state,
      (consent) =>
        consent.tenantId === tenantId &&
        consent.appId === appId &&
        (consent.userId === undefined || consent.userId === userId),
    ),
  list: async (tenantId) => ordered(state, (consent) => consent.tenantId === tenantId),
  put: async (consent) => {
    const before = state.consents.find((other) => isAbout(consent, other));
    if (before === undefined) return state.consents.insert(consent);
    const added = consent.scopes.filter((scope) => !before.scopes.includes(scope));
    state.consents.replace((other) => other === before, { ...before, scopes: [...before.scopes, ...added] });
  },
  delete: async (tenantId, id) =>
    state.consents.remove((consent) => consent.tenantId === tenantId && consent.id === id) > 0,
});

const ordered = (state: FakeState, matches: (consent: Consent) => boolean): readonly Consent[] =>
  inOrder({
    items: state.consents.all().filter(matches),
    fields: {},
    placeOf: (consent) => ({ at: consent.createdAt, id: consent.id }),
  });

const isAbout = (one: Consent, other: Consent): boolean =>
  one.tenantId === other.tenantId &&
  one.appId === other.appId &&
  one.userId === other.userId &&
  one.resource === other.resource;
