import type { CliWorld } from '../cli-world.ts';
import type { OptionValues } from '../options/option-values.ts';
import type { Report } from '../output/report.ts';

/** What every command is run with. */
export interface CommandContext {
  readonly world: CliWorld;
  readonly report: Report;
  readonly values: OptionValues;
  /** What was given beside options. */
  readonly args: readonly string[];
  /** Aborts on Ctrl+C and at the command's time limit. */
  readonly signal: AbortSignal;
}

/** Reports its own result; it fails by throwing. */
export type Command = (context: CommandContext) => Promise<void>;
