import { Command } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { createPrincipal } from './principal/create-principal.ts';
import { deletePrincipal } from './principal/delete-principal.ts';
import { listPrincipals } from './principal/list-principals.ts';

/** `holdfast principal`: programs that may sign in, and what they may do. */
export const principalCommand = (settings: CommandSettings): Command => {
  const command = new Command('principal').description('programs that may sign in, and their grants');
  const { add, action } = subcommandsOf(command, settings);
  add('create', 'make one with a secret, a certificate or the word of another issuer')
    .requiredOption('--name <text>', 'what people call it')
    .requiredOption('--role <name or id>', 'a built-in role, such as "Azure Connected Machine Onboarding"')
    .requiredOption('--scope <resource id>', 'where the role holds: /, a subscription or a resource group')
    .option('--days <integer>', 'how long the secret lives', '365')
    .option('--certificate <file>', 'PEM certificate to sign in with, instead of a secret')
    .option(
      '--federated <issuer,subject,audience>',
      'whose tokens to sign in with, instead of a secret; the audience may be left out',
    )
    .action(action(createPrincipal));
  add('list', 'those there are').action(action(listPrincipals));
  add('delete', 'remove one with its credentials and grants')
    .requiredOption('--id <application id or object id>', 'which one')
    .action(action(deletePrincipal));
  return command;
};
