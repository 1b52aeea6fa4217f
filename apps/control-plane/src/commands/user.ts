import { Command } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { resetPassword } from './user/reset-password.ts';

/** `holdfast user`: the way back in, when nobody can sign in any more who could help. */
export const userCommand = (settings: CommandSettings): Command => {
  const command = new Command('user').description('people, when nobody can sign in who could help them');
  const { add, action } = subcommandsOf(command, settings);
  add('reset-password', 'give somebody a new password, which is printed this once')
    .requiredOption('--user <name>', 'user name, such as admin@holdfast.internal')
    .option('--clear-totp', 'forget the authenticator as well')
    .action(action(resetPassword));
  return command;
};
