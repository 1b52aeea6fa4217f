// A process that starts a server and waits, for tests that kill it. Takes the options as JSON in its only argument.
import { randomBytes } from 'node:crypto';
import * as timers from 'node:timers';
import { createSystemClock } from '@holdfast/kernel';
import { startEmbeddedPostgres } from './index.ts';

const options = JSON.parse(process.argv[2] ?? '{}');
const { socketFolder, pid, superuser, stop } = await startEmbeddedPostgres({
  ...options,
  clock: createSystemClock(timers),
  random: { bytes: randomBytes },
});
process.stdout.write(`${JSON.stringify({ socketFolder, pid, superuser })}\n`);
process.stdin.on('end', stop).resume();
