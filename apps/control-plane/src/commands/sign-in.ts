import { Command } from 'commander';
import { type CommandSettings, subcommandsOf } from './command-settings.ts';
import { exportSignIns, listSignIns } from './sign-in/list-sign-ins.ts';

/** `holdfast sign-in`: the sign-in log. */
export const signInCommand = (settings: CommandSettings): Command => {
  const command = new Command('sign-in').description('the sign-in log');
  const { add, action } = subcommandsOf(command, settings);
  const withFilters = (each: Command) =>
    each
      .option('--from <time>', 'not before this, such as 2026-01-31 or 2026-01-31T12:00:00Z')
      .option('--to <time>', 'not after this')
      .option('--failed', 'only those that were refused')
      .option('--user <name>', "only this person's")
      .option('--app <id>', "only this application's")
      .option('--address <address>', 'only those from this network address');
  withFilters(add('list', 'the newest, as one document'))
    .option('--top <integer>', 'how many at most', '50')
    .action(action(listSignIns));
  withFilters(add('export', 'all of them, newest first, one JSON object a line')).action(action(exportSignIns));
  return command;
};
