import { armError } from '@holdfast/arm';
import type { DirectoryObjectKind } from '@holdfast/directory';
import { parseUuid, type Uuid } from '@holdfast/kernel';
import type { GraphStores } from '../stores.ts';

/** Ids by what they are said to be of. */
export type Named = Readonly<Record<DirectoryObjectKind | 'location', readonly string[]>>;

export interface KnownNames {
  /** Refuses an id that is nobody's, or somebody else's kind. */
  check(named: Named): Promise<void>;
  /** The ids of named locations. */
  locations(ids: readonly string[]): Promise<readonly Uuid[]>;
}

/** What a tenant's policies may name. */
export const createKnownNames = ({ objects, conditionalAccess }: GraphStores, tenantId: Uuid): KnownNames => {
  const locations = async (given: readonly string[]): Promise<readonly Uuid[]> => {
    if (given.length === 0) return [];
    const there = (await conditionalAccess.listLocations(tenantId)).map(({ id }) => id);
    return given.map((text) => {
      const id = there.find((each) => each === text.toLowerCase());
      if (id === undefined) throw unknown('location', text);
      return id;
    });
  };
  return {
    locations,
    check: async ({ location, ...kinds }) => {
      await locations(location);
      const given = Object.values(kinds).flat();
      const ids = given.flatMap((text) => {
        const id = parseUuid(text);
        return id.ok ? [id.value] : [];
      });
      const found = await objects.findAll(tenantId, [...new Set(ids)]);
      for (const [kind, texts] of Object.entries(kinds)) {
        const missing = texts.find(
          (text) => !found.some((each) => each.kind === kind && each.id === text.toLowerCase()),
        );
        if (missing !== undefined) throw unknown(kind, missing);
      }
    },
  };
};

const unknown = (kind: string, id: string): Error =>
  armError('DirectoryBadRequest', { detail: `The policy names the ${kind} '${id}', which does not exist.` });
