import { signingAlgorithms } from '@holdfast/token-service';
import { Command, Option } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { listSigningKeys } from './signing-key/list-signing-keys.ts';
import { rotateSigningKey } from './signing-key/rotate-signing-key.ts';

/** `holdfast signing-key`: what a tenant's tokens are signed with. It rotates by itself; this is for emergencies. */
export const signingKeyCommand = (settings: CommandSettings): Command => {
  const command = new Command('signing-key').description("what a tenant's tokens are signed with");
  const { add, action } = subcommandsOf(command, settings);
  add('list', 'those there are').action(action(listSigningKeys));
  add('rotate', 'make the next key before its time')
    .addOption(new Option('--algorithm <name>', 'one algorithm only').choices([...signingAlgorithms]))
    .option('--now', 'let it sign at once, instead of publishing it a day ahead')
    .option('--revoke <kid>', 'withdraw this key at once, with every token that it signed')
    .action(action(rotateSigningKey));
  return command;
};
