import type { RefreshTokenStore } from '@holdfast/token-service';
import type { FakeState } from './fake-state.ts';
import { sameBytes } from './fake-table.ts';

export const fakeRefreshTokens = ({ families, refreshTokens, revocations }: FakeState): RefreshTokenStore => ({
  insertFamily: async (family) => families.insert(family),
  insert: async (token) => refreshTokens.insert({ token, usedAt: undefined }),
  claim: async (tokenSha256, now) => {
    const found = refreshTokens.find(({ token }) => sameBytes(token.tokenSha256, tokenSha256));
    const family = families.find(({ id }) => id === found?.token.familyId);
    if (found === undefined || family === undefined) return undefined;
    const { usedAt } = found;
    found.usedAt ??= now;
    return { family, token: found.token, usedAt, revokedAt: revocations.get(family.id) };
  },
  revokeFamily: async (familyId, at) => {
    if (!revocations.has(familyId)) revocations.set(familyId, at);
  },
  revokeOfUser: async ({ tenantId, userId }, at) => {
    for (const { id, grant } of families.all())
      if (grant.tenantId === tenantId && grant.userId === userId && !revocations.has(id)) revocations.set(id, at);
  },
  deleteExpired: async (now) => {
    families.remove((family) => family.expiresAt < now);
    return refreshTokens.remove(({ token }) => token.expiresAt < now);
  },
});
