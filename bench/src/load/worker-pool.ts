import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Run } from '../benchmark.ts';
import { projectFolder } from '../servers/project-folder.ts';
import type { TaskInput, TaskName, TaskOutput } from './worker.ts';

/** A process that makes load. It does one task at a time. */
export interface Worker {
  ask<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>>;
  readonly pid: number;
}

const program = join(projectFolder, 'bench', 'src', 'load', 'worker-main.ts');

/** Workers that end with the run. */
export const startWorkers = (run: Pick<Run, 'atEnd'>, count: number): readonly Worker[] =>
  Array.from({ length: count }, () => startWorker(run));

const startWorker = (run: Pick<Run, 'atEnd'>): Worker => {
  const child = fork(program, { serialization: 'advanced' });
  run.atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  });
  return {
    ask: (name, input) => ask(child, { name, input }),
    pid: child.pid ?? Number.NaN,
  };
};

export type WorkerAnswer = { readonly result: unknown } | { readonly error: string };

const ask = async <T>(child: ChildProcess, task: unknown): Promise<T> => {
  const ended = new AbortController();
  const lost = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a load worker ended with ${code}`);
  });
  lost.catch(() => undefined);
  child.send(task as object);
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: ended.signal }), lost])) as [WorkerAnswer];
    if ('error' in answer) throw new Error(answer.error);
    return answer.result as T;
  } finally {
    ended.abort();
  }
};

/** Splits a number into as many near-equal parts as there are workers. */
export const shares = (total: number, parts: number): readonly number[] =>
  Array.from({ length: parts }, (_, at) => Math.floor((total * (at + 1)) / parts) - Math.floor((total * at) / parts));
