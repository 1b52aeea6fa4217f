import { minutes } from '@holdfast/kernel';
import { agentError } from '../agent-error.ts';
import type { CliWorld } from '../cli-world.ts';
import { type CommandName, commandOptions, commonOptions } from '../options/option-table.ts';
import type { OptionValues } from '../options/option-values.ts';
import type { Report } from '../output/report.ts';
import type { Command } from './command.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { show } from './show.ts';
import { version } from './version.ts';

const commands: Readonly<Record<CommandName, Command>> = { connect, show, disconnect, version };

const timeLimitMs = minutes(10);

export interface Run {
  readonly command: CommandName;
  readonly values: OptionValues;
  readonly args: readonly string[];
}

/** @throws what the command throws; AZCM0011 on Ctrl+C and AZCM0062 or AZCM0063 at the time limit, at once */
export const runCommand = async (run: Run, world: CliWorld, report: Report): Promise<void> => {
  const { command, values, args } = run;
  report.verbose(`azcmagent ${command} ${parametersOf(run)}`.trimEnd());
  refuseLater(run);
  warnOfVisibleSecrets(run, report);
  const over = new AbortController();
  const finished = new AbortController();
  const interrupt = () => over.abort(agentError('AZCM0011', 'Ctrl+C was pressed'));
  world.interrupted.addEventListener('abort', interrupt, { once: true });
  const limit = world.clock.sleep(timeLimitMs, finished.signal).then(() => {
    if (!finished.signal.aborted) over.abort(tooLong(command));
  });
  try {
    await Promise.race([commands[command]({ world, report, values, args, signal: over.signal }), abortOf(over.signal)]);
  } catch (error) {
    throw over.signal.aborted ? over.signal.reason : error;
  } finally {
    finished.abort();
    await limit;
    world.interrupted.removeEventListener('abort', interrupt);
  }
};

const abortOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const tooLong = (command: CommandName) =>
  agentError(
    command === 'disconnect' ? 'AZCM0063' : 'AZCM0062',
    `it did not end within ${timeLimitMs / minutes(1)} minutes`,
  );

const optionsOf = ({ command }: Run) => [...commandOptions[command], ...commonOptions];

/** For the log: what was given, secrets masked. */
const parametersOf = (run: Run): string =>
  optionsOf(run)
    .filter(({ name }) => run.values.sourceOf(name) !== undefined)
    .map(({ name, value, secret }) => {
      if (value === undefined) return `--${name}=${run.values.on(name)}`;
      return `--${name}=${secret ? '***' : run.values.text(name)}`;
    })
    .concat(run.args)
    .join(' ');

const refuseLater = (run: Run): void => {
  const later = optionsOf(run).find(
    ({ name, refusal }) => refusal !== undefined && run.values.text(name) !== undefined,
  );
  if (later !== undefined) throw agentError('AZCM0003', `--${later.name} ${later.refusal}`);
};

const warnOfVisibleSecrets = (run: Run, report: Report): void => {
  const visible = optionsOf(run).filter(
    ({ name, secret }) => secret && run.values.sourceOf(name) === 'command line' && run.values.text(name) !== undefined,
  );
  if (visible.length === 0) return;
  const names = visible.map(({ name }) => `--${name}`).join(' and ');
  report.warning(`Other users of this machine can read ${names} from its command lines. Prefer a --config file`);
};
