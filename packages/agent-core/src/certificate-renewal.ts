import { addMs, msBetween } from '@holdfast/kernel';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** At most this part of the lifetime is waited beyond the half, so that a fleet connected in one night renews over many hours. */
const spread = 0.01;

/** When to renew: once no more than half of the lifetime is left (45 of 90 days), `chance` in [0, 1) later. */
export const renewalTime = (validity: Validity, chance: number): Date => {
  const lifetime = msBetween(validity.notBefore, validity.notAfter);
  return addMs(validity.notBefore, Math.round(lifetime * (0.5 + spread * chance)));
};
