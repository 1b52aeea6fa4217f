import type { RefreshTokenStore } from '@holdfast/token-service';
import type { FakeState } from './fake-state.ts';
import { sameBytes } from './fake-table.ts';

export const fakeRefreshTokens = (state: FakeState): RefreshTokenStore => ({
  insertFamily: async (family) => state.families.insert(family),
  insert: async (token) => state.refreshTokens.insert({ token, usedAt: undefined }),
  find: async (tokenSha256) => find(state, tokenSha256),
  claim: async (tokenSha256, now) => {
    const found = find(state, tokenSha256);
    const kept = state.refreshTokens.find(({ token }) => token === found?.token);
    if (kept !== undefined) kept.usedAt ??= now;
    return found;
  },
  revokeFamily: async (familyId, at) => {
    if (!state.revocations.has(familyId)) state.revocations.set(familyId, at);
  },
  revokeOfUser: async ({ tenantId, userId }, at) => {
    for (const { id, grant } of state.families.all())
      if (grant.tenantId === tenantId && grant.userId === userId && !state.revocations.has(id))
        state.revocations.set(id, at);
  },
  deleteExpired: async (now) => {
    state.families.remove((family) => family.expiresAt < now);
    return state.refreshTokens.remove(({ token }) => token.expiresAt < now);
  },
});

const find = ({ families, refreshTokens, revocations }: FakeState, tokenSha256: Uint8Array) => {
  const found = refreshTokens.find(({ token }) => sameBytes(token.tokenSha256, tokenSha256));
  const family = families.find(({ id }) => id === found?.token.familyId);
  if (found === undefined || family === undefined) return undefined;
  return { family, token: found.token, usedAt: found.usedAt, revokedAt: revocations.get(family.id) };
};
