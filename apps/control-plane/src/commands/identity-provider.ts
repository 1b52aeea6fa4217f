import { Command } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { addIdentityProvider } from './identity-provider/add-identity-provider.ts';
import { listIdentityProviders } from './identity-provider/list-identity-providers.ts';
import { removeIdentityProvider } from './identity-provider/remove-identity-provider.ts';

/** `holdfast identity-provider`: where else a tenant's people may sign in. */
export const identityProviderCommand = (settings: CommandSettings): Command => {
  const command = new Command('identity-provider').description('OpenID providers that sign people in');
  const { add, action } = subcommandsOf(command, settings);
  const more = (value: string, before: readonly string[]) => [...before, value];
  add('add', 'let people sign in at one')
    .requiredOption('--name <text>', 'what its button says')
    .requiredOption('--issuer <URL>', 'its issuer, under which its metadata lies')
    .requiredOption('--client-id <text>', 'how it knows this server')
    .requiredOption('--client-secret-file <file>', 'file with the secret it gave this server; - for standard input')
    .option('--scope <name>', 'scope to ask for besides openid, profile and email; may be repeated', more, [])
    .option('--creates-users', 'make a user of whoever signs in there for the first time')
    .option('--group-claim <name>', "the claim with a person's groups")
    .option('--group <VALUE=GROUPID>', 'which group a value of the claim stands for; may be repeated', more, [])
    .option('--trusts-mfa', 'let a second factor given there count here')
    .action(action(addIdentityProvider));
  add('list', 'those there are').action(action(listIdentityProviders));
  add('remove', 'let nobody sign in there any more')
    .requiredOption('--id <id>', 'which one')
    .action(action(removeIdentityProvider));
  return command;
};
