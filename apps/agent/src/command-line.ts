import { readFileSync } from 'node:fs';
import { agentError, asAgentError } from './agent-error.ts';
import type { CliWorld } from './cli-world.ts';
import { runCommand } from './commands/run-command.ts';
import { parseConfigFile } from './options/config-file.ts';
import { secretsIn } from './options/credential.ts';
import { mergeOptions, type OptionMap, type OptionValues } from './options/option-values.ts';
import { type CommandLine, parseCommandLine } from './options/parse-command-line.ts';
import { createRedact } from './output/redact.ts';
import { createReport, type Report } from './output/report.ts';

/**
 * Runs one command line (the arguments after the program's name) and resolves to the exit code: 0, or the number of
 * the AZCM code that was printed. It never rejects.
 */
export const runCommandLine = async (argv: readonly string[], world: CliWorld): Promise<number> => {
  const settled = settle(argv);
  const report = reportFor(settled, world);
  try {
    if ('fault' in settled) throw settled.fault;
    if ('help' in settled.line) world.stdout.write(settled.line.help);
    else await runCommand({ ...settled.line, values: settled.values }, world, report);
    return 0;
  } catch (error) {
    const failure = asAgentError(error);
    report.failure(failure);
    return failure.exitCode;
  }
};

interface Settled {
  readonly line: CommandLine;
  readonly values: OptionValues;
}

interface Unsettled {
  readonly fault: unknown;
  readonly values: OptionValues;
}

/** Command line and file, or why they cannot be used; what was given counts for the output even then. */
const settle = (argv: readonly string[]): Settled | Unsettled => {
  const json: OptionMap = new Map(['-j', '--json'].some((flag) => argv.includes(flag)) ? [['json', true]] : []);
  let values = mergeOptions(json, new Map());
  try {
    const line = parseCommandLine(argv);
    const given: OptionMap = 'help' in line ? new Map() : line.values;
    values = mergeOptions(given, new Map());
    values = mergeOptions(given, readConfig(values.text('config')));
    return { line, values };
  } catch (fault) {
    return { fault, values };
  }
};

const readConfig = (path: string | undefined): OptionMap => {
  if (path === undefined) return new Map();
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw agentError('AZCM0019', `'${path}' cannot be read`, { cause });
  }
  return parseConfigFile(text);
};

const reportFor = ({ values }: { values: OptionValues }, world: CliWorld): Report =>
  createReport({
    world,
    json: values.on('json'),
    logToStderr: values.on('log-stderr'),
    color: !values.on('no-color') && !world.env['NO_COLOR'],
    verbose: values.on('verbose'),
    redact: createRedact(secretsIn(values, world.env)),
  });
