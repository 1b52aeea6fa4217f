import type { CredentialStore, EndingCredential } from '@holdfast/directory';
import { addMs, type Clock, days, msBetween } from '@holdfast/kernel';
import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';

export interface CredentialExpiryNeeds {
  readonly credentials: Pick<CredentialStore, 'listEnding'>;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface CredentialExpiry {
  /** Reads what ends soon, for the metrics; once a day each of it is warned of in the log. */
  look(): Promise<void>;
}

/** How soon before its end a credential is spoken of. */
const soon = days(30);
const warnEvery = days(1);
/** Most credentials with a series or a line of their own; all are counted. */
const mostNamed = 500;

export const createCredentialExpiry = (needs: CredentialExpiryNeeds): CredentialExpiry => {
  const { credentials, clock, log } = needs;
  let ending: readonly EndingCredential[] = [];
  let warnedAt: Date | undefined;
  registerGauges(needs, () => ending.filter(({ endsAt }) => endsAt > clock.now()));
  return {
    look: async () => {
      const now = clock.now();
      ending = (await credentials.listEnding(addMs(now, soon))).filter(({ endsAt }) => endsAt > now);
      if (warnedAt !== undefined && msBetween(warnedAt, now) < warnEvery) return;
      warnedAt = now;
      for (const each of ending.slice(0, mostNamed)) log.warn(each, 'a credential ends soon');
    },
  };
};

/** Read when the figures are asked for, so that they count down between two looks. */
const registerGauges = (
  { registry, clock }: CredentialExpiryNeeds,
  ending: () => readonly EndingCredential[],
): void => {
  const daysLeft = ({ endsAt }: EndingCredential) => msBetween(clock.now(), endsAt) / days(1);
  new Gauge({
    name: 'holdfast_credential_expires_in_days',
    help: 'Days until a credential of an application ends, for those that end within 30.',
    labelNames: ['tenant', 'app', 'kind', 'credential'],
    registers: [registry],
    collect() {
      this.reset();
      for (const each of ending().slice(0, mostNamed)) {
        const { tenantId: tenant, appId: app, kind, credentialId: credential } = each;
        this.set({ tenant, app, kind, credential }, daysLeft(each));
      }
    },
  });
  new Gauge({
    name: 'holdfast_credentials_expiring',
    help: 'How many credentials of applications end within 7 and 30 days.',
    labelNames: ['within'],
    registers: [registry],
    collect() {
      for (const within of [7, 30])
        this.set({ within: `${within}d` }, ending().filter((each) => daysLeft(each) <= within).length);
    },
  });
};
