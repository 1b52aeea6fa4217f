import { Command } from 'commander';
import { type Administration, administer } from '../administer.ts';
import type { Config } from '../config/config.ts';
import { type CreateOptions, createPrincipal } from './principal/create-principal.ts';
import { deletePrincipal } from './principal/delete-principal.ts';
import { listPrincipals } from './principal/list-principals.ts';

export interface CommandSettings {
  readonly withSettings: (command: Command) => Command;
  readonly configOf: (command: Command) => Config;
}

/** `holdfast principal`: programs that may sign in, and what they may do. */
export const principalCommand = ({ withSettings, configOf }: CommandSettings): Command => {
  const command = new Command('principal').description('programs that may sign in, and their grants');
  const action =
    <Options>(work: (tools: Administration, options: Options) => Promise<void>) =>
    (options: Options, self: Command) =>
      administer(configOf(self), (tools) => work(tools, options));
  withSettings(command.command('create').description('make one with a secret or a certificate'))
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--role <name or id>', 'a built-in role, such as "Azure Connected Machine Onboarding"')
    .requiredOption('--scope <resource id>', 'where the role holds: /, a subscription or a resource group')
    .option('--days <integer>', 'how long the secret lives', '365')
    .option('--certificate <file>', 'PEM certificate to sign in with, instead of a secret')
    .action(action<CreateOptions>(createPrincipal));
  withSettings(command.command('list').description('those there are')).action(action(listPrincipals));
  withSettings(command.command('delete').description('remove one with its credentials and grants'))
    .requiredOption('--id <application id or object id>', 'which one')
    .action(action<{ id: string }>(deletePrincipal));
  return command;
};
