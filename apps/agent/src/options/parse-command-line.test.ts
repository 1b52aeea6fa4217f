import { expect, test } from 'vitest';
import { parseCommandLine } from './parse-command-line.ts';

const parsed = (...argv: string[]) => {
  const line = parseCommandLine(argv);
  return 'help' in line ? line : { ...line, values: Object.fromEntries(line.values) };
};

test.each([
  [['version'], { command: 'version', values: {}, args: [] }],
  [['show', 'Agent Status', '-j'], { command: 'show', values: { json: true }, args: ['Agent Status'] }],
  [['-v', 'show', '--no-color'], { command: 'show', values: { verbose: true, 'no-color': true }, args: [] }],
  [['disconnect', '-f'], { command: 'disconnect', values: { 'force-local-only': true }, args: [] }],
  [
    ['connect', '-s', 'S', '-g', 'G', '-l', 'L', '-t', 'T', '-n', 'N', '-i', 'I', '-p', 'P'],
    {
      command: 'connect',
      values: {
        'subscription-id': 'S',
        'resource-group': 'G',
        location: 'L',
        'tenant-id': 'T',
        'resource-name': 'N',
        'service-principal-id': 'I',
        'service-principal-secret': 'P',
      },
      args: [],
    },
  ],
  // A value may look like an option of the whole program.
  [
    ['connect', '-p', '-jv-secret', '--tags=--json'],
    { command: 'connect', values: { 'service-principal-secret': '-jv-secret', tags: '--json' }, args: [] },
  ],
])('%j', (argv, line) => {
  expect(parsed(...argv)).toEqual(line);
});

test.each([
  [['conect'], "unknown command 'conect'. Commands: connect, show, disconnect, version, help"],
  [['help', 'conect'], 'there is no such command. Commands: connect, show, disconnect, version, help'],
  [['version', '--resource-name', 'x'], "unknown option '--resource-name'. Options: --config, --json"],
  [['disconnect', '--use-device-code'], "unknown option '--use-device-code'. Options: --force-local-only"],
  [['connect', '--location'], "option '-l, --location <REGION>' argument missing"],
  [['connect', 'x'], "'connect' takes options only"],
])('%j is refused', (argv, words) => {
  expect(() => parseCommandLine(argv)).toThrow(words);
});

test.each([
  [['connect', '--service-principal-secrt=xyzzy-canary']],
  [['connect', '-xyzzy-canary']],
  [['connect', '-p', 'good', 'xyzzy-canary']],
  [['version', 'xyzzy-canary']],
])('a refusal of %j does not repeat what may be a secret', (argv) => {
  expect(() => parseCommandLine(argv)).toThrow(/^(?!.*canary)/s);
});

test.each([[[]], [['help']], [['--help']], [['connect', '-h']], [['help', 'connect']]])('%j prints help', (argv) => {
  expect(parseCommandLine(argv)).toEqual({ help: expect.stringContaining('Usage: azcmagent') });
});

test('what is not there yet is not offered', () => {
  const line = parseCommandLine(['help', 'connect']);
  const help = 'help' in line ? line.help : '';
  for (const name of ['--private-link-scope', '--gateway-id', '--use-device-code']) expect(help).not.toContain(name);
});
