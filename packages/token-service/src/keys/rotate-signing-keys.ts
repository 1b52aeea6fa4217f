import type { Clock, Uuid } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';
import { type KeyChange, planRotation, type RotationQuestion, rotationPolicy } from './plan-rotation.ts';
import { newSigningKey } from './signing-key.ts';
import type { SigningKeyStore } from './signing-key-store.ts';

export interface Rotation {
  /** Over a transaction: others who rotate wait for its end, and then find nothing left to do. */
  readonly store: SigningKeyStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly tenantId: Uuid;
  readonly wanted?: RotationQuestion['wanted'];
}

/** Does to a tenant's keys what their time has come for, and says what it did. */
export const rotateSigningKeys = async (rotation: Rotation): Promise<readonly KeyChange[]> => {
  const { store, clock, tenantId, wanted } = rotation;
  await store.lockForRotation(tenantId);
  const keys = await store.listSigningKeys(tenantId);
  const question = { keys, now: clock.now(), policy: rotationPolicy, ...(wanted && { wanted }) };
  const changes = planRotation(question);
  for (const change of changes) await carryOut(change, rotation, question.now);
  return changes;
};

const carryOut = async (change: KeyChange, { store, sealer, tenantId }: Rotation, now: Date): Promise<void> => {
  if (change.kind === 'retire') {
    await store.retireSigningKey({ tenantId, kid: change.kid }, change.retiresAt);
    return;
  }
  const { algorithm, signsFrom } = change;
  await store.addSigningKey(await newSigningKey({ tenantId, sealer, now, algorithm, signsFrom }));
};
