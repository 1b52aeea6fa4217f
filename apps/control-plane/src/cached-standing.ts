import type { DirectoryStore } from '@holdfast/directory';
import { type Clock, createTimedCache, seconds, type Uuid } from '@holdfast/kernel';
import type { PrincipalStanding } from '@holdfast/pipeline';

/** Whoever is disabled or signed out is refused everywhere after this long. */
const maxAge = seconds(2);

/** Reads whether principals' tokens still count, remembering each answer for two seconds. */
export const createCachedStanding = (
  directory: Pick<DirectoryStore, 'findStanding'>,
  clock: Clock,
): PrincipalStanding => {
  const cache = createTimedCache({
    clock,
    capacity: 10_000,
    load: (key) => {
      const [tenantId, principalId] = key.split(' ') as [Uuid, Uuid];
      return directory.findStanding(tenantId, principalId);
    },
  });
  return { find: (tenantId, principalId) => cache.get(`${tenantId} ${principalId}`, maxAge) };
};
