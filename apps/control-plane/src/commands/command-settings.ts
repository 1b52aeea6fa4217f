import type { Command } from 'commander';
import { type Administration, administer } from '../administer.ts';
import type { Config } from '../config/config.ts';

/** How every command of the program reads the settings. */
export interface CommandSettings {
  readonly withSettings: (command: Command) => Command;
  readonly configOf: (command: Command) => Config;
}

/** Adds subcommands to a command that administers one tenant. */
export interface Subcommands {
  /** With the settings and --tenant; options and an action are added to what it gives. */
  add(name: string, description: string): Command;
  action<Options>(
    work: (tools: Administration, options: Options) => Promise<void>,
  ): (options: Options, self: Command) => Promise<void>;
}

export const subcommandsOf = (command: Command, { withSettings, configOf }: CommandSettings): Subcommands => ({
  add: (name, description) =>
    withSettings(command.command(name).description(description)).option(
      '--tenant <id or domain>',
      'which tenant (the first)',
    ),
  action: (work) => (options, self) => {
    const { tenant } = self.opts<{ tenant?: string }>();
    return administer({ config: configOf(self), tenant }, (tools) => work(tools, options));
  },
});
