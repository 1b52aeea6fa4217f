import { Command, CommanderError, Option } from 'commander';
import { agentError } from '../agent-error.ts';
import { type CliOption, type CommandName, commandOptions, commonOptions } from './option-table.ts';
import type { OptionMap } from './option-values.ts';

/** A command line that names a command, or the help text that it asks for. */
export type CommandLine =
  | { readonly command: CommandName; readonly values: OptionMap; readonly args: readonly string[] }
  | { readonly help: string };

const descriptions: Readonly<Record<CommandName, string>> = {
  connect: 'connect this machine to the control plane',
  show: 'show the state of the agent',
  disconnect: 'delete the resource of this machine and its identity',
  version: "print the agent's version",
};

/**
 * Reads the arguments after the program's name.
 * @throws AZCM0023 naming what is wrong and what exists; never a value, which may be a secret
 */
export const parseCommandLine = (argv: readonly string[]): CommandLine => {
  let parsed: CommandLine | undefined;
  let help = '';
  const program = createProgram((line) => {
    parsed = line;
  });
  for (const each of [program, ...program.commands])
    each.exitOverride().configureOutput({ writeOut: (text) => (help += text), writeErr: () => {} });
  try {
    program.parse(argv.length === 0 ? ['help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw agentError('AZCM0023', faultOf(error, program, argv), { cause: error });
  }
  return parsed ?? { help };
};

const createProgram = (found: (line: CommandLine) => void): Command => {
  const program = new Command('azcmagent')
    .description("Connects this machine to a control plane and shows the connection's state.")
    .helpCommand('help [command]', 'print help for a command')
    // Common options belong to every command: were they the program's, it would find them in a command's values.
    .enablePositionalOptions();
  for (const option of commonOptions) program.addOption(optionOf(option));
  for (const [name, options] of Object.entries(commandOptions) as [CommandName, readonly CliOption[]][]) {
    const command = program.command(name).description(descriptions[name]);
    if (name === 'show') command.argument('[property...]', 'names of properties, as printed or as JSON keys');
    for (const option of [...options, ...commonOptions]) command.addOption(optionOf(option));
    command.action(() => found({ command: name, values: valuesOf(command), args: command.args }));
  }
  return program;
};

const optionOf = ({ name, short, value, text, refusal }: CliOption): Option => {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;
  return new Option(flags, text).hideHelp(refusal !== undefined);
};

const valuesOf = (command: Command): OptionMap => {
  const values = new Map<string, string | boolean>();
  for (const from of [command.parent, command])
    for (const option of from?.options ?? []) {
      const key = option.attributeName();
      if (from?.getOptionValueSource(key) !== 'cli') continue;
      // `--no-color` is an option of its own here; commander stores it as color: false.
      values.set(option.long?.slice(2) ?? key, option.negate ? true : from.getOptionValue(key));
    }
  return values;
};

const faultOf = (error: CommanderError, program: Command, argv: readonly string[]): string => {
  const command = argv.map((arg) => program.commands.find((each) => each.name() === arg)).find((each) => each);
  // `help` for a name that is no command ends with the general help and a failure.
  if (error.code === 'commander.help') return `there is no such command. Commands: ${namesOf(program.commands)}, help`;
  if (error.code === 'commander.unknownCommand')
    return `${plainWords(error)}. Commands: ${namesOf(program.commands)}, help`;
  if (error.code === 'commander.unknownOption')
    return `${unknownOptionWords(error)}. Options: ${optionsOf(command ?? program)}`;
  if (error.code === 'commander.excessArguments') return `'${command?.name()}' takes options only`;
  return plainWords(error);
};

const plainWords = (error: CommanderError): string => error.message.replace(/^error: /, '').split('\n')[0] ?? '';

/** Only the option's name: what follows it is somebody's value. */
const unknownOptionWords = (error: CommanderError): string => {
  const [, long, short] = /'(?:(--[^'=]+)|(-.))/.exec(error.message) ?? [];
  return `unknown option '${long ?? short ?? '-'}'`;
};

const namesOf = (commands: readonly Command[]): string => commands.map((each) => each.name()).join(', ');

const optionsOf = (command: Command): string =>
  command.options
    .filter((option) => !option.hidden)
    .map((option) => option.long)
    .join(', ');
