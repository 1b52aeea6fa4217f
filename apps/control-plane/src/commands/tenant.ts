import { Command, Option } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { createTenant } from './tenant/create-tenant.ts';
import { listTenants } from './tenant/list-tenants.ts';
import { setTenant } from './tenant/set-tenant.ts';

/** `holdfast tenant`: directories of people and programs that see nothing of each other. */
export const tenantCommand = (settings: CommandSettings): Command => {
  const command = new Command('tenant').description('directories that see nothing of each other');
  const { add, action } = subcommandsOf(command, settings);
  const choice = (flag: string, help: string) => new Option(`--${flag} <boolean>`, help).choices(['true', 'false']);
  add('create', 'make one with an administrator, whose password is printed this once')
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--domain <name>', 'DNS name in which its user names end')
    .action(action(createTenant));
  add('list', 'those there are').action(action(listTenants));
  add('set', 'change what ordinary users may do')
    .addOption(choice('users-may-register-applications', 'whether users may register applications'))
    .addOption(choice('users-may-consent', 'whether users may let applications act in their own names'))
    .action(action(setTenant));
  return command;
};
