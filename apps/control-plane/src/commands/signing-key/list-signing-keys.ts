import type { StoredSigningKey } from '@holdfast/token-service';
import type { Administration } from '../../administer.ts';

/** Prints the tenant's keys in the order in which they sign, and what each is there for now. */
export const listSigningKeys = async ({ stores, tenant, clock, print }: Administration): Promise<void> => {
  const keys = await stores.signingKeys.listSigningKeys(tenant.id);
  print(describeSigningKeys(keys, clock.now()));
};

export const describeSigningKeys = (keys: readonly StoredSigningKey[], now: Date) =>
  keys.map((key) => ({
    kid: key.kid,
    algorithm: key.algorithm,
    state: stateOf(key, keys, now),
    signsFrom: key.signsFrom,
    retiresAt: key.retiresAt,
  }));

/** `old` keys sign no more; they stay published for the tokens they signed. */
const stateOf = (key: StoredSigningKey, keys: readonly StoredSigningKey[], now: Date) => {
  const isRetired = ({ retiresAt }: StoredSigningKey) => retiresAt !== undefined && retiresAt <= now;
  if (isRetired(key)) return 'retired';
  if (key.signsFrom > now) return 'next';
  const isNewer = (other: StoredSigningKey) =>
    other.algorithm === key.algorithm && other.signsFrom <= now && other.signsFrom > key.signsFrom && !isRetired(other);
  return keys.some(isNewer) ? 'old' : 'signing';
};
