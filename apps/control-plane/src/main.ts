#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { administrativeCommands } from './commands/administrative-commands.ts';
import { serve } from './commands/serve.ts';
import { type Config, readConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { settingDescriptions } from './config/settings.ts';

/** Exit codes: 0 done, 1 failed, 2 the command or a setting cannot be used. */
const failed = 1;
const unusable = 2;

const withSettings = (command: Command): Command => {
  command.option('--config <file>', 'YAML or JSON file of settings');
  for (const { flag, kind, help } of settingDescriptions) command.option(`${flag} <${kind}>`, help);
  return command;
};

const configOf = (command: Command): Config => {
  const { config, ...flags } = command.opts<Record<string, string>>();
  return readConfig({ flags, environment: process.env, configFile: config });
};

const program = new Command('holdfast')
  .description('Self-hosted control plane for servers that live anywhere')
  .version(version())
  .exitOverride();
withSettings(program.command('serve').description('run the control plane')).action(
  async (_options, command: Command) => {
    process.exitCode = await serve(configOf(command));
  },
);
for (const command of administrativeCommands({ withSettings, configOf })) program.addCommand(command);

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Runs the command line; what goes wrong ends in one line that says what to do. */
const run = async (): Promise<void> => {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : unusable;
    else {
      process.stderr.write(`holdfast: ${(error as Error).message}\n`);
      process.exitCode = error instanceof ConfigError ? unusable : failed;
    }
  }
};

// A reader such as head has had enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await run();
