import { newUuid } from '@holdfast/kernel';
import { describe, expect, test } from 'vitest';
import type { Bootstrap } from './bootstrap/first-tenant.ts';
import { readConfig } from './config/config.ts';
import { summaryOf } from './summary.ts';

const config = readConfig({
  flags: { data: '/data', origin: 'https://h.example' },
  environment: {},
  configFile: undefined,
});
const id = newUuid({ bytes: (length) => new Uint8Array(length) });
const made: Bootstrap = {
  endpoint: config.origin,
  caFile: '/data/tls/ca.pem',
  tenantId: id,
  subscriptionId: id as Bootstrap['subscriptionId'],
  resourceGroup: 'servers',
  location: 'local',
  admin: { username: 'admin@holdfast.internal', password: 'pass-word' },
  automation: { clientId: id, clientSecret: 'client-secret' },
};
const summary = (facts: { made?: Bootstrap; databaseUrl?: string } = {}) =>
  summaryOf({
    config: { ...config, databaseUrl: facts.databaseUrl },
    caFile: '/data/tls/ca.pem',
    bootstrapFile: '/data/bootstrap.json',
    made: facts.made,
  });

describe('the summary of a start', () => {
  test.each([undefined, made])('ends with the line that says it serves', (each) => {
    expect(summary(each && { made: each })).toMatch(/\nready https:\/\/h\.example\n$/);
  });

  test('shows the password once, on the start that made it, and where scripts find the rest', () => {
    expect(summary({ made })).toMatch(
      /Password +pass-word {2}\(shown this once\)\n +For scripts +\/data\/bootstrap\.json/,
    );
    expect(summary({ made })).toMatch(/Trust +\/data\/tls\/ca\.pem/);
    expect(summary()).not.toMatch(/password/i);
  });

  test('never shows the secret of the automation, nor the password in a database’s address', () => {
    expect(summary({ made })).not.toContain('client-secret');
    const text = summary({ databaseUrl: 'postgres://u:hunter2@db/x' });
    expect(text).toContain('PostgreSQL at --database-url');
    expect(text).not.toContain('hunter2');
  });
});
