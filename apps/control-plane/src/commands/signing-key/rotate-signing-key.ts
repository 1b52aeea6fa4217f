import { runInTransaction } from '@holdfast/store-postgres';
import {
  type RotationQuestion,
  rotateSigningKeys,
  type SigningAlgorithm,
  signingAlgorithms,
} from '@holdfast/token-service';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';
import { sealerOf } from '../sealer-of.ts';
import { describeSigningKeys } from './list-signing-keys.ts';

export interface RotateOptions {
  readonly algorithm?: SigningAlgorithm;
  readonly now?: boolean;
  readonly revoke?: string;
}

/** Prints the tenant's keys as they are then. A revoked key that was the one to sign is replaced at once. */
export const rotateSigningKey = async (tools: Administration, options: RotateOptions): Promise<void> => {
  const { database, stores, tenant, clock, print } = tools;
  const sealer = await sealerOf(tools);
  const wanted = wantedBy(options);
  await runInTransaction(database.db, async ({ signingKeys: store }) => {
    await store.lockForRotation(tenant.id);
    if (options.revoke !== undefined) {
      const isKnown = await store.retireSigningKey({ tenantId: tenant.id, kid: options.revoke }, clock.now());
      if (!isKnown) throw new ConfigError(`--revoke: there is no key ${options.revoke}; see holdfast signing-key list`);
    }
    await rotateSigningKeys({ store, sealer, clock, tenantId: tenant.id, ...(wanted && { wanted }) });
  });
  print(describeSigningKeys(await stores.signingKeys.listSigningKeys(tenant.id), clock.now()));
};

/** To revoke a key does not ask for another one. */
const wantedBy = ({ algorithm, now, revoke }: RotateOptions): RotationQuestion['wanted'] => {
  if (revoke !== undefined && now !== true && algorithm === undefined) return undefined;
  return { algorithms: algorithm === undefined ? signingAlgorithms : [algorithm], atOnce: now === true };
};
