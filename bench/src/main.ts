import { loadavg } from 'node:os';
import type { Run } from './benchmark.ts';
import { benchmarks } from './benchmarks.ts';
import { machineDescription } from './measuring/machine-description.ts';
import { parseCommandLine } from './parse-command-line.ts';

// npm run bench -- <name> [--parameter number]…
// One JSON document on stdout; progress on stderr.

const undoing: (() => Promise<unknown>)[] = [];
const progress = (line: string): void => void process.stderr.write(`${line}\n`);

const undoAll = async (): Promise<void> => {
  for (const undo of undoing.splice(0)) {
    await undo().catch((error: Error) => progress(`could not be undone: ${error.message}`));
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void undoAll().then(() => process.exit(130)));
}

try {
  const { name, benchmark, parameters } = parseCommandLine(process.argv.slice(2), benchmarks);
  const run: Run = { parameters, progress, atEnd: (undo) => void undoing.unshift(undo) };
  const loadAverageBefore = loadavg();
  const { figures, postgres } = await benchmark.run(run);
  const load = { loadAverageBefore, loadAverageAfter: loadavg() };
  const document = { name, figures, parameters, machine: machineDescription(postgres), ...load };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
} catch (error) {
  progress((error as Error).message);
  process.exitCode = 1;
} finally {
  await undoAll();
}
