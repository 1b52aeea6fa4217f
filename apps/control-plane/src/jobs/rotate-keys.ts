import type { Clock } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import type { Stores } from '@holdfast/store-postgres';
import { rotateSigningKeys } from '@holdfast/token-service';
import type { Logger } from 'pino';

export interface RotateKeysNeeds {
  readonly stores: Pick<Stores, 'signingKeys'>;
  readonly transaction: <T>(work: (stores: Pick<Stores, 'signingKeys'>) => Promise<T>) => Promise<T>;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Gives every tenant the signing keys that it should have now; one tenant's trouble is not the next one's. */
export const rotateKeys = async ({ stores, transaction, sealer, clock, log }: RotateKeysNeeds): Promise<void> => {
  for (const tenantId of await stores.signingKeys.listTenantIds()) {
    try {
      const changes = await transaction(({ signingKeys: store }) =>
        rotateSigningKeys({ store, sealer, clock, tenantId }),
      );
      for (const change of changes) log.info({ tenantId, ...change }, 'a signing key was rotated');
    } catch (error) {
      log.error({ err: error, tenantId }, 'the signing keys could not be rotated; it is tried again at the next turn');
    }
  }
};
