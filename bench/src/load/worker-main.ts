import { type TaskName, tasks } from './worker.ts';
import type { WorkerAnswer } from './worker-pool.ts';

// A load worker: does what its parent asks for, and ends with it.

const answer = (message: WorkerAnswer): void => void process.send?.(message);

process.on('message', ({ name, input }: { name: TaskName; input: never }) => {
  tasks[name](input).then(
    (result) => answer({ result }),
    (error: Error) => answer({ error: error.stack ?? error.message }),
  );
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole group; the parent decides when load ends.
process.on('SIGINT', () => undefined);
