import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a program of the project to its end; resolves to what it printed. */
export const runToEnd = async (command: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}: ${stderr()}${stdout()}`);
  return stdout();
};

/** What the stream has said so far. */
export const collect = (stream: NodeJS.ReadableStream): (() => string) => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
};

/** Asks the process to stop and waits until it has. */
export const stopChild = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
};
