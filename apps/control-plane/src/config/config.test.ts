import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { settingDescriptions } from './settings.ts';

const fileWith = (text: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'config-')), 'holdfast.yaml');
  writeFileSync(file, text);
  return file;
};

const read = (given: { flags?: Record<string, string>; environment?: Record<string, string>; text?: string }) =>
  readConfig({
    flags: given.flags ?? {},
    environment: given.environment ?? {},
    configFile: given.text === undefined ? undefined : fileWith(given.text),
  });

describe('readConfig', () => {
  test('the command line wins over the environment, which wins over the file', () => {
    const text = 'port: 1\nlisten: "::"\nlocations: [North Site, south]\n';
    const config = read({
      flags: { port: '3' },
      environment: { HOLDFAST_PORT: '2', HOLDFAST_LISTEN: '0.0.0.0' },
      text,
    });
    expect(config).toMatchObject({ port: 3, listen: '0.0.0.0', locations: ['northsite', 'south'] });
  });

  test('defaults make a server for this computer alone', () => {
    expect(read({})).toMatchObject({
      port: 8443,
      listen: 'localhost',
      origin: 'https://localhost:8443',
      databaseUrl: undefined,
    });
  });

  test.each([
    ['data: x\n\nprot: 9\n', /holdfast\.yaml:3:1: unknown setting 'prot'/],
    ['database_url: postgres://x\n', /:1:1: unknown setting 'database_url'. Did you mean 'databaseUrl'\?/],
    ['{ "port": 9, "extra": { } }', /:1:14: unknown setting 'extra'/],
    ['port: [\n', /holdfast\.yaml/],
    ['- a\n', /a map of settings is needed/],
    ['port: often\n', /'port' in the config file must be a whole number above 0, not 'often'/],
    ['port: 70000\n', /at most 65535/],
  ])('the file %j is refused with what to do', (text, words) => {
    expect(() => read({ text })).toThrow(words);
  });

  test.each([
    [{ port: '0' }, /--port must be a whole number/],
    [{ origin: 'http://plain' }, /--origin must be an https URL/],
    [{ origin: 'https://a/b' }, /--origin must be an https URL/],
    [{ tlsKey: 'k.pem' }, /go together/],
    [{ databaseUrl: 'mysql://x' }, /postgres:\/\//],
    [{ logLevel: 'loud' }, /--log-level must be one of/],
    [{ trustedProxies: '10.0.0.0/40' }, /--trusted-proxies must be addresses or networks/],
  ])('%j is refused', (flags, words) => {
    expect(() => read({ flags: flags as Record<string, string> })).toThrow(words);
  });
});

test('the reference page names every setting as it is spelled', () => {
  const page = readFileSync(new URL('../../../../docs/reference/settings.md', import.meta.url), 'utf8').replace(
    / +/g,
    ' ',
  );
  for (const { key, flag, environment, help } of settingDescriptions) {
    expect(page).toContain(`| \`${key}\` | \`${flag}\` | \`${environment}\` | ${help} |`);
  }
});
