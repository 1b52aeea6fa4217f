import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Account, getServerAccount } from './account.ts';
import { findProcess, isAlive, signalProcess } from './os-process.ts';
import { killHard, launch, makeScratch, query, spawnLauncher, start, until } from './test-scratch.ts';

let scratch: Awaited<ReturnType<typeof makeScratch>>;
let folder: string;
let account: Account;
beforeAll(async () => {
  scratch = await makeScratch();
  folder = join(scratch.path, 'postgres');
  const server = await start({ folder });
  await query(server, 'create table acknowledged (n int)');
  await server.stop();
  account = await getServerAccount(join(folder, 'server'));
});
afterAll(() => scratch.remove());

const count = async (server: Parameters<typeof query>[0]) => {
  const [row] = await query(server, 'select count(*)::int as n from acknowledged');
  return row?.n;
};

describe('after the launcher was killed', () => {
  test.each([
    ['alone', (pid: number) => process.kill(pid, 'SIGKILL')],
    ['by Ctrl-C, which goes to all in its process group', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])('%s, the next start adopts the server, follows its log, and can stop it', async (_, kill) => {
    const launched = await launch({ folder });
    await query(launched, 'truncate acknowledged');
    await query(launched, 'insert into acknowledged values (1)');
    const killed = once(launched.child, 'exit');
    kill(launched.child.pid ?? 0);
    await killed;

    const lines: string[] = [];
    const adopted = await start({ folder, log: (line) => lines.push(line) });
    expect(adopted.pid).toBe(launched.pid);
    expect(adopted.socketFolder).toBe(launched.socketFolder);
    expect(await count(adopted)).toBe(1);
    await adopted.stop();
    expect(await adopted.exited).toEqual({ expected: true });
    expect(findProcess(launched.pid)).toBeUndefined();
    expect(lines.at(-1)).toContain('database system is shut down');
  });

  test('during the first start, the next one begins anew and leaves no remains', async () => {
    const fresh = join(scratch.path, 'fresh');
    const launcher = spawnLauncher({ folder: fresh });
    const serverFolder = join(fresh, 'server');
    const isBusy = async () => {
      const [workshop] = (await readdir(serverFolder)).filter((name) => name.startsWith('initdb-'));
      return workshop !== undefined && (await readdir(join(serverFolder, workshop))).includes('data');
    };
    await until(() => isBusy().catch(() => false));
    await killHard(launcher);

    const server = await start({ folder: fresh });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(await readdir(serverFolder)).toEqual(['data', 'run']);
  });

  test('a living launcher keeps its server', async () => {
    const launched = await launch({ folder });
    const attempt = start({ folder });
    const message = expect.stringContaining(`process ${launched.child.pid} `);
    await expect(attempt).rejects.toMatchObject({ code: 'FolderInUse', message });
    expect(await query(launched, 'select 1 as one')).toEqual([{ one: 1 }]);
    launched.child.stdin?.end();
    await once(launched.child, 'exit');
    expect(findProcess(launched.pid)).toBeUndefined();
  });
});

test('a server that was killed is noticed, and what it acknowledged is there after the next start', async () => {
  const server = await start({ folder });
  const before = await count(server);
  await query(server, 'insert into acknowledged values (2)');
  const processes = [server.pid, ...childrenOf(server.pid)].map(findProcess);
  for (const process of processes) if (process) signalProcess(process, 'SIGKILL');
  expect(await server.exited).toEqual({ expected: false });
  await server.stop();

  const next = await start({ folder });
  expect(await count(next)).toBe(Number(before) + 1);
  await next.stop();
});

test('a killed postmaster whose children still work is waited for', async () => {
  const server = await start({ folder });
  const [child = 0] = childrenOf(server.pid);
  process.kill(child, 'SIGSTOP');
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  const starting = start({ folder });
  const logFile = join(folder, 'postgres.log');
  await until(async () => (await readFile(logFile, 'utf8')).includes('pre-existing shared memory block'));
  process.kill(child, 'SIGCONT');
  const next = await starting;
  expect(await query(next, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.stop();
});

describe('a lock', () => {
  const lockText = (pid: number) =>
    `${pid}\n${folder}/server/data\n1700000000\n5432\n${folder}/server/run\n\n\nready\n`;
  const writeLocks = async (text: string) => {
    await writeFile(join(folder, 'server', 'data', 'postmaster.pid'), text);
    await writeFile(join(folder, 'server', 'run', '.s.PGSQL.5432.lock'), text);
  };
  const startsAndStops = async () => {
    const server = await start({ folder });
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  };

  test('of a dead owner is cleared', async () => {
    const child = spawn('true');
    await once(child, 'exit');
    await writeLocks(lockText(child.pid ?? 0));
    await startsAndStops();
  });

  test('of a zombie is cleared', async () => {
    // sh leaves a child behind and becomes a sleep that never reaps it; as the server's account, whose kill(2) succeeds.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 61'], { ...account, cwd: '/' });
    onTestFinished(() => killHard(parent));
    const [line] = await once(parent.stdout, 'data');
    const zombie = Number(line);
    await until(() => findProcess(parent.pid ?? 0)?.argv[0] === 'sleep');
    process.kill(zombie, 'SIGKILL');
    await until(async () => / Z /.test(await readFile(`/proc/${zombie}/stat`, 'utf8')));
    await writeLocks(lockText(zombie));
    await startsAndStops();
  });

  test('whose pid belongs to another program now is cleared, and the program left alone', async () => {
    const other = spawn('sleep', ['60'], { ...account, cwd: '/' });
    onTestFinished(() => killHard(other));
    await writeLocks(lockText(other.pid ?? 0));
    await startsAndStops();
    expect(findProcess(other.pid ?? 0)).toBeDefined();
  });

  test('that a power loss emptied is cleared', async () => {
    await writeLocks('');
    await startsAndStops();
  });

  test('of a living postgres that we did not start stands', async () => {
    const stranger = join(scratch.path, 'postgres-by-hand');
    await copyFile('/bin/sleep', stranger);
    // What counts is the name and the working directory: together they are a postmaster at work on this cluster.
    const child = spawn(stranger, ['60'], { argv0: 'postgres', cwd: join(folder, 'server', 'data') });
    onTestFinished(() => killHard(child));
    const text = lockText(child.pid ?? 0);
    await writeLocks(text);
    await expect(start({ folder })).rejects.toMatchObject({
      code: 'FolderInUse',
      message: expect.stringContaining(`kill -INT ${child.pid}`),
    });
    expect(await readFile(join(folder, 'server', 'data', 'postmaster.pid'), 'utf8')).toBe(text);
    expect(findProcess(child.pid ?? 0)).toBeDefined();
    await killHard(child);
    await startsAndStops();
  });
});

describe('a claim', () => {
  const claimFile = () => join(folder, 'launcher.lock');

  test.each([
    ['of a dead process', '999999999 1 boot\n'],
    ['from before a reboot, with our own pid', `${process.pid} 1 boot\n`],
    ['that a power loss emptied', ''],
  ])('%s is taken over', async (_, text) => {
    await writeFile(claimFile(), text);
    const server = await start({ folder });
    await server.stop();
    await expect(readFile(claimFile())).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('a shutdown that was under way is completed before the next start', async () => {
  const launched = await launch({ folder });
  const postmaster = findProcess(launched.pid);
  await killHard(launched.child);
  // A smart shutdown: it would wait for our client for ever.
  const client = query(launched, 'select pg_sleep(60)').catch((error: { code?: string }) => error.code);
  await until(() => childrenOf(launched.pid).some((pid) => /SELECT/.test(findProcess(pid)?.argv[0] ?? '')));
  process.kill(launched.pid, 'SIGTERM');
  const lockFile = join(folder, 'server', 'data', 'postmaster.pid');
  await until(async () => /stopping/.test(await readFile(lockFile, 'utf8')));

  const next = await start({ folder });
  expect(postmaster && isAlive(postmaster)).toBe(false);
  expect(await client).toBe('57P01');
  expect(next.pid).not.toBe(launched.pid);
  await next.stop();
});

/** By the parent that proc_pid_stat(5) names. */
const childrenOf = (parent: number): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === parent);

const parentOf = (pid: number): number | undefined => {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
};
