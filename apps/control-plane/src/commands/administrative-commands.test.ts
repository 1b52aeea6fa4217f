import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { administrativeCommands } from './administrative-commands.ts';

const commands = administrativeCommands({
  withSettings: (command) => command,
  configOf: () => {
    throw new Error('not asked');
  },
});
const subcommands = commands.flatMap((command) =>
  command.commands.map((each) => ({ name: `${command.name()} ${each.name()}`, options: each.options })),
);
const page = readFileSync(new URL('../../../../docs/reference/holdfast.md', import.meta.url), 'utf8');

test.each(subcommands)('the reference names $name and all its options', ({ name, options }) => {
  expect(page).toContain(`\`${name}`);
  expect(options.filter(({ long }) => !page.includes(long ?? '')).map(({ long }) => long)).toEqual([]);
});

test('every command that administers a tenant takes --tenant, and none takes a secret', () => {
  for (const { options } of subcommands) {
    expect(options.map(({ long }) => long)).toContain('--tenant');
    expect(options.filter(({ long }) => /password|secret$/.test(long ?? ''))).toEqual([]);
  }
});
