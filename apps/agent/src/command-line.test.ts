import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addMs, days } from '@holdfast/kernel';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { writeSelfSigned } from '../test/self-signed.ts';
import { agentVersion } from './agent-version.ts';
import { startFakeControlPlane, subscriptionId, tenantId } from './testing/fake-control-plane.ts';
import { createFakeHimds } from './testing/fake-himds.ts';
import { createScaledClock } from './testing/scaled-clock.ts';
import { runIn } from './testing/test-world.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const written = (name: string, content: string): string => {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
};
const logged = (): string => readFileSync(join(root, 'var/opt/azcmagent/log/azcmagent.log'), 'utf8');

describe('a --config file', () => {
  const clientId = 'aaaaaaaa-2222-4333-8444-555555555555';
  const settings = {
    'subscription-id': subscriptionId,
    'resource-group': 'servers',
    location: 'local',
    'tenant-id': tenantId,
    'service-principal-id': clientId,
    'service-principal-secret': 'xyzzy-canary',
    'resource-name': 'from-file',
    json: true,
  };

  const connectWith = async (config: string, ...argv: string[]) => {
    const plane = await startFakeControlPlane();
    onTestFinished(plane.close);
    const ran = await runIn({ root }, ['connect', '--endpoint', plane.origin, '--config', config, ...argv]);
    return { ...ran, machine: [...plane.machines.keys()].join().split('/').at(-1) };
  };
  const asYaml = Object.entries(settings).map(([key, value]) => `${key}: ${value}\n`);

  test.each([
    ['JSON', JSON.stringify(settings)],
    ['YAML', asYaml.join('')],
  ])('in %s gives every option, and its secret is no reason to warn', async (kind, text) => {
    const { code, stderr, machine, json } = await connectWith(written(kind, text));
    expect({ code, stderr, machine }).toEqual({ code: 0, stderr: '', machine: 'from-file' });
    expect(json).toMatchObject({ status: 'Connected' });
    expect(logged()).toContain('--service-principal-secret=***');
    expect(logged()).not.toContain('canary');
  });

  test('loses against the command line', async () => {
    const config = written('config', JSON.stringify(settings));
    expect((await connectWith(config, '-n', 'from-argv')).machine).toBe('from-argv');
  });

  test('that is absent is AZCM0019, one that is broken AZCM0023', async () => {
    expect((await connectWith('/absent.json')).code).toBe(19);
    expect((await connectWith(written('broken', '{'))).code).toBe(23);
  });

  test('may serve several commands', async () => {
    const config = written('config', JSON.stringify({ ...settings, 'force-local-only': true }));
    expect((await connectWith(config)).code).toBe(0);
    expect((await runIn({ root }, ['version', '--config', config])).json).toEqual({ version: agentVersion });
  });
});

describe('a service principal certificate', () => {
  const connectWith = async (file: string, clock = createScaledClock(50)) => {
    const plane = await startFakeControlPlane();
    onTestFinished(plane.close);
    const place = ['--endpoint', plane.origin, '-s', subscriptionId, '-g', 'servers', '-l', 'local', '-t', tenantId];
    const account = ['-i', 'aaaaaaaa-2222-4333-8444-555555555555', '--service-principal-cert', file];
    return { ...(await runIn({ root, clock }, ['connect', ...place, ...account])), calls: plane.calls };
  };

  test('signs in with an assertion for the token endpoint', async () => {
    const { bothFile } = await writeSelfSigned(root, { name: 'app', days: 2 });
    const { code, calls } = await connectWith(bothFile);
    expect(code).toBe(0);
    const form = new URLSearchParams(calls.find(({ path }) => path.endsWith('/token'))?.body);
    expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const claims = JSON.parse(Buffer.from(form.get('client_assertion')?.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.aud).toMatch(new RegExp(`^http://localhost:\\d+/${tenantId}/oauth2/v2\\.0/token$`));
    expect(form.has('client_secret')).toBe(false);
  });

  test('that has expired is not even tried', async () => {
    const { bothFile } = await writeSelfSigned(root, { name: 'app', days: 2 });
    const clock = createScaledClock(50);
    const later = { ...clock, now: () => addMs(clock.now(), days(3)) };
    const { code, stdout, calls } = await connectWith(bothFile, later);
    expect(code).toBe(41);
    expect(stdout).toContain('the certificate of --service-principal-cert expired at ');
    expect(calls.filter(({ path }) => path.endsWith('/token'))).toEqual([]);
  });
});

describe('what is printed', () => {
  test('version', async () => {
    expect((await runIn({ root }, ['version'])).stdout).toBe(`azcmagent version ${agentVersion}\n`);
  });

  test('help, without leaving a log', async () => {
    const { code, stdout } = await runIn({ root }, ['help']);
    expect(code).toBe(0);
    expect(stdout).toContain('connect [options]');
    expect(logged).toThrow();
  });

  test('an error, as one line of logfmt and an advice', async () => {
    const { code, stdout, stderr } = await runIn({ root }, ['show', 'a\nlevel=info msg=forged']);
    expect(code).toBe(23);
    expect(stdout).toMatch(
      /^time=\S+ level=fatal msg="AZCM0023: [^\n]*a\\nlevel=info msg=forged[^\n]*"\nRecommended action: .*\n$/,
    );
    expect(stderr).toBe('');
  });

  test('an error with --log-stderr, on stderr', async () => {
    const { stdout, stderr } = await runIn({ root }, ['show', 'x', '--log-stderr', '-v']);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/azcmagent show --log-stderr=true --verbose=true x"\n.*AZCM0023/);
  });

  test('an error with --json, as JSON even when the command line itself is wrong', async () => {
    for (const argv of [
      ['shwo', '-j'],
      ['show', '--json', 'x'],
    ])
      expect((await runIn({ root }, argv)).json).toEqual({
        error: { code: 'AZCM0023', message: expect.any(String), recommendedAction: expect.any(String) },
      });
  });

  test('a bug, as AZCM0001', async () => {
    const himds = createFakeHimds();
    himds.status = () => Promise.reject(new TypeError('a bug'));
    const { code, stdout } = await runIn({ root, himds }, ['disconnect']);
    expect(code).toBe(1);
    expect(stdout).toContain('AZCM0001: Unknown error: a bug');
  });
});

test('on a terminal stages are one line that is written over, unless colours are unwanted', async () => {
  const plane = await startFakeControlPlane();
  onTestFinished(plane.close);
  const place = ['--endpoint', plane.origin, '-s', subscriptionId, '-g', 'servers', '-l', 'local', '-t', tenantId];
  const argv = ['connect', ...place, '-i', 'aaaaaaaa-2222-4333-8444-555555555555'];
  const env = { AZCMAGENT_SERVICE_PRINCIPAL_SECRET: 'xyzzy-canary' };
  const printed = async (...extra: string[]): Promise<string> => {
    const parts: string[] = [];
    const stdout = { terminal: true, write: (text: string) => void parts.push(text) };
    plane.machines.clear();
    await runIn({ root, env, stdout }, [...argv, ...extra]);
    return parts.join('');
  };
  const eraseLine = '\u001b[K';
  expect(await printed()).toContain(`\r${eraseLine} 50% [==========>         ] Creating the resource 'web01'`);
  expect(await printed('--no-color')).not.toContain(eraseLine);
});
