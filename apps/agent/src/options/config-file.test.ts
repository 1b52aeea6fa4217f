import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AgentError } from '../agent-error.ts';
import { parseConfigFile } from './config-file.ts';

test.each([
  ['{"verbose": true, "location": "local"}', { verbose: true, location: 'local' }],
  ['verbose: false\nresource-group: servers\n', { verbose: false, 'resource-group': 'servers' }],
  ['service-principal-secret: 0123\ntags: 1e3\n', { 'service-principal-secret': '0123', tags: '1e3' }],
  ['service-principal-secret: true', { 'service-principal-secret': 'true' }],
  ['"json": "true"', { json: true }],
  ['tags:\nlocation: null\n', {}],
  ['# nothing\n', {}],
  ['', {}],
])('%j', (text, values) => {
  expect(Object.fromEntries(parseConfigFile(text))).toEqual(values);
});

test.each([
  ['{"location": "local"', 'neither JSON nor YAML'],
  ['- location', 'must be a map'],
  ['local', 'must be a map'],
  ['locations: local', "no option 'locations'. Options: access-token, "],
  ['config: other.json', "no option 'config'"],
  ['verbose: loud', "'verbose' must be true or false"],
  ['tags: {a: b}', "'tags' must be a single value"],
  ['location: a\nlocation: b', 'neither JSON nor YAML: DUPLICATE_KEY at line 2'],
])('%j is refused', (text, words) => {
  expect(() => parseConfigFile(text)).toThrow(words);
});

test('a refusal never quotes the file, where secrets stand', () => {
  const secret = 'xyzzy-canary';
  const broken = fc.constantFrom(
    `service-principal-secret: "${secret}`,
    `{"service-principal-secret": "${secret}"`,
    `service-principal-secret: ${secret}\n  - x`,
    `service-principal-secret: [${secret}]`,
    `service-principal-secret: *${secret}`,
    `verbose: ${secret}`,
    `service-principal-secret: ${secret}\n\tlocation: x`,
  );
  fc.assert(
    fc.property(broken, fc.string(), (text, junk) => {
      try {
        parseConfigFile(text + junk);
      } catch (error) {
        expect(error).toBeInstanceOf(AgentError);
        expect(String(error)).not.toContain(secret);
      }
    }),
  );
});
