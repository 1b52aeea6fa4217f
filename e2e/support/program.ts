import { type ChildProcess, spawn } from 'node:child_process';

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process with everything it has printed. */
export interface Program {
  readonly pid: number;
  /** Both streams in order of arrival. */
  output(): string;
  stdout(): string;
  running(): boolean;
  /** Of the whole process group when the program was started as its leader. */
  signal(name: NodeJS.Signals): void;
  /** Resolves with the first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves after the last of its output. */
  readonly ended: Promise<Ending>;
}

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Given on standard input, for what must not be an argument. */
  readonly input?: string;
  /** Starts it as the leader of a process group of its own, as a shell does. */
  readonly leader?: boolean;
}

/** Runs a JavaScript or TypeScript program on the Node that runs the tests. */
export const startNode = (args: readonly string[], options: ProgramOptions = {}): Program =>
  startProgram([process.execPath, ...args], options);

export const startProgram = ([file = '', ...args]: readonly string[], options: ProgramOptions = {}): Program => {
  const { env = {}, input, leader = false } = options;
  const child = spawn(file, args, {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: leader,
  });
  child.stdin?.end(input);
  return watch(child, leader);
};

const watch = (child: ChildProcess, leader: boolean): Program => {
  const waiting = new Set<() => void>();
  const lookAgain = (): void => {
    for (const look of waiting) look();
  };
  const printed = collect(child, lookAgain);
  let ending: Ending | undefined;
  const ended = endOf(child).then((how) => {
    ending = how;
    lookAgain();
    return how;
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    output: () => printed.all,
    stdout: () => printed.stdout,
    running: () => ending === undefined,
    signal: (name) => {
      if (ending === undefined) process.kill(leader ? -pid : pid, name);
    },
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(printed.all);
          if (match === null && ending === undefined) return;
          waiting.delete(look);
          if (match !== null) resolve(match);
          else reject(new Error(`it ended (${JSON.stringify(ending)}) without ${pattern}:\n${printed.all}`));
        };
        waiting.add(look);
        look();
      }),
    ended,
  };
};

const collect = (child: ChildProcess, heard: () => void) => {
  const printed = { all: '', stdout: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      printed.all += text;
      if (stream === 'stdout') printed.stdout += text;
      heard();
    });
  // There is no such program.
  child.on('error', ({ message }) => {
    printed.all += message;
  });
  return printed;
};

const endOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
    child.on('error', () => resolve({ code: null, signal: null }));
  });

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

export const finished = async (program: Program): Promise<Finished> => {
  const { code } = await program.ended;
  return { code, stdout: program.stdout(), output: program.output() };
};
