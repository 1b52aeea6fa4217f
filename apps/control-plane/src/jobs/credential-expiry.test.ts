import type { EndingCredential } from '@holdfast/directory';
import { addMs, days, minutes } from '@holdfast/kernel';
import { createFixtures, createManualClock, fixtureTime } from '@holdfast/testkit';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createCredentialExpiry } from './credential-expiry.ts';

const fixtures = createFixtures('credential-expiry');

const ending = (inDays: number, kind: EndingCredential['kind'] = 'secret'): EndingCredential => ({
  tenantId: fixtures.id(),
  appId: fixtures.id(),
  displayName: 'Automation',
  credentialId: fixtures.id(),
  kind,
  endsAt: addMs(fixtureTime, days(inDays)),
});

const setUp = (all: EndingCredential[]) => {
  const clock = createManualClock(fixtureTime);
  const registry = new Registry();
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const credentials = { listEnding: async (until: Date) => all.filter(({ endsAt }) => endsAt < until) };
  const expiry = createCredentialExpiry({ credentials, registry, clock, log });
  const warned = () => lines.splice(0).map((line) => line['credentialId']);
  return { clock, registry, expiry, warned };
};

test('credentials that end within 30 days have a figure each, which counts down', async () => {
  const [first, second] = [ending(5), ending(20, 'certificate')];
  const { clock, registry, expiry } = setUp([ending(-1), first, second, ending(31)]);
  await expiry.look();
  const labels = ({ tenantId, appId, kind, credentialId }: EndingCredential) =>
    `holdfast_credential_expires_in_days{tenant="${tenantId}",app="${appId}",kind="${kind}",credential="${credentialId}"}`;
  const figures = async () => (await registry.metrics()).split('\n').filter((line) => /^holdfast/.test(line));
  expect(await figures()).toEqual([
    `${labels(first)} 5`,
    `${labels(second)} 20`,
    'holdfast_credentials_expiring{within="7d"} 1',
    'holdfast_credentials_expiring{within="30d"} 2',
  ]);
  await clock.advance(days(6));
  expect(await figures()).toEqual([
    `${labels(second)} 14`,
    'holdfast_credentials_expiring{within="7d"} 0',
    'holdfast_credentials_expiring{within="30d"} 1',
  ]);
});

test('each of them is warned of once a day', async () => {
  const [soon, later] = [ending(5), ending(30.5)];
  const { clock, expiry, warned } = setUp([soon, later]);
  await expiry.look();
  await clock.advance(minutes(60));
  await expiry.look();
  expect(warned()).toEqual([soon.credentialId]);
  await clock.advance(days(1));
  await expiry.look();
  expect(warned()).toEqual([soon.credentialId, later.credentialId]);
});
