import { logfmtLine } from '@holdfast/agent-runtime';
import type { AgentError } from '../agent-error.ts';
import type { CliWorld, TextSink } from '../cli-world.ts';
import { createProgress } from './progress.ts';
import type { Redact } from './redact.ts';

/** How a command speaks. Every text passes the redaction, and a copy goes to the command log. */
export interface Report {
  /** A stage of a longer command, shown as progress; `share` is how much is done, 0 to 1. */
  stage(message: string, share: number): void;
  info(message: string): void;
  warning(message: string): void;
  verbose(message: string): void;
  /** The command's result: `text` for people, `json` with --json. */
  result(text: string, json: unknown): void;
  failure(error: AgentError): void;
}

export interface ReportSettings {
  readonly world: CliWorld;
  readonly json: boolean;
  readonly logToStderr: boolean;
  readonly color: boolean;
  readonly verbose: boolean;
  readonly redact: Redact;
}

type Level = 'info' | 'warning' | 'fatal';

export const createReport = (settings: ReportSettings): Report => {
  const { world, json, redact } = settings;
  const progress = createProgress(world.stdout, settings.color && !json);
  // With --json nothing but the one JSON value may stand on stdout.
  const aside = json || settings.logToStderr ? world.stderr : world.stdout;

  const say = (level: Level, message: string, sink: TextSink | undefined): void => {
    const line = logfmtLine(world.clock.now(), level, { msg: redact(message) });
    world.commandLog(line);
    if (sink === undefined) return;
    progress.clear();
    sink.write(line);
  };
  return {
    stage: (message, share) => {
      say('info', message, json || progress.active ? undefined : world.stdout);
      progress.show(redact(message), share);
    },
    info: (message) => say('info', message, json ? undefined : world.stdout),
    warning: (message) => say('warning', message, world.stderr),
    verbose: (message) => say('info', message, settings.verbose ? aside : undefined),
    result: (text, value) => {
      progress.clear();
      world.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
    },
    failure: (error) => {
      const failing = settings.logToStderr ? world.stderr : world.stdout;
      const message = redact(`${error.code}: ${error.message}`);
      say('fatal', message, json ? undefined : failing);
      failing.write(json ? renderFailure(error, redact) : `Recommended action: ${redact(error.action)}\n`);
    },
  };
};

const renderFailure = (error: AgentError, redact: Redact): string => {
  const { code, message, action, resourceId } = error;
  const body = { code, message: redact(message), recommendedAction: redact(action), resourceId };
  return `${JSON.stringify({ error: body }, null, 2)}\n`;
};
