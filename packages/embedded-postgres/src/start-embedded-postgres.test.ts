import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProcess } from './os-process.ts';
import { makeScratch, query, start } from './test-scratch.ts';

describe('a server in a folder', () => {
  let scratch: Awaited<ReturnType<typeof makeScratch>>;
  let folder: string;
  beforeAll(async () => {
    scratch = await makeScratch();
    folder = join(scratch.path, 'data', 'postgres');
    const server = await start({ folder });
    await query(server, "create table kept as select 'yes' as answer");
    await server.stop();
  });
  afterAll(() => scratch.remove());

  test('keeps what it was given, durably and checksummed, and speaks only over its socket', async () => {
    const server = await start({ folder });
    try {
      expect(await query(server, 'select answer from kept')).toEqual([{ answer: 'yes' }]);
      const names = [
        'fsync',
        'synchronous_commit',
        'full_page_writes',
        'data_checksums',
        'server_encoding',
        'listen_addresses',
      ];
      const settings = await query(
        server,
        `select name, setting from pg_settings where name in ('${names.join("','")}')`,
      );
      expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
        data_checksums: 'on',
        fsync: 'on',
        full_page_writes: 'on',
        listen_addresses: '',
        server_encoding: 'UTF8',
        synchronous_commit: 'on',
      });
      const [database] = await query(
        server,
        "select datcollate, datctype from pg_database where datname = 'template1'",
      );
      expect(database).toEqual({ datcollate: 'C', datctype: 'C' });
    } finally {
      await server.stop();
    }
  });

  test('lets nobody in without the password, which nobody else can read', async () => {
    const server = await start({ folder });
    try {
      const guessed = { ...server, superuser: { ...server.superuser, password: 'guess' } };
      await expect(query(guessed, 'select 1')).rejects.toMatchObject({ code: '28P01' });
      for (const [name, mode] of [
        ['superuser.password', 0o600],
        ['postgres.log', 0o600],
        ['server', 0o700],
        ['server/run', 0o700],
        ['server/data', 0o700],
      ] as const) {
        expect((await stat(join(folder, name))).mode & 0o777, name).toBe(mode);
      }
      const commandLine = findProcess(server.pid)?.argv.join(' ') ?? '';
      expect(commandLine).toContain(folder);
      expect(commandLine).not.toContain(server.superuser.password);
      expect(await readFile(`/proc/${server.pid}/environ`, 'utf8').catch(() => '')).not.toContain('HOME=');
    } finally {
      await server.stop();
    }
  });

  test('leaves no process, lock or claim after stop, however often that is asked', async () => {
    const server = await start({ folder });
    await Promise.all([server.stop(), server.stop()]);
    expect(await server.exited).toEqual({ expected: true });
    expect(findProcess(server.pid)).toBeUndefined();
    expect(await readdir(join(folder, 'server'))).toEqual(['data', 'run']);
    expect(await readdir(join(folder, 'server', 'run'))).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['postgres.log', 'server', 'superuser.password']);
  });

  test('gives its log to the caller, without statements or values', async () => {
    const lines: string[] = [];
    const server = await start({ folder, log: (line) => lines.push(line) });
    await query(
      server,
      "create temp table t (secret text primary key); insert into t values ('hunter2'), ('hunter2')",
    ).catch(() => {});
    await server.stop();
    const text = lines.join('\n');
    expect(text).toContain('ready to accept connections');
    expect(text).toContain('duplicate key value');
    expect(text).toContain('database system is shut down');
    expect(text).not.toContain('hunter2');
  });

  test('takes settings, but none that would open it to the network', async () => {
    const server = await start({ folder, settings: { work_mem: '7MB', listen_addresses: '*' } });
    try {
      expect(await query(server, 'show work_mem')).toEqual([{ work_mem: '7MB' }]);
      expect(await query(server, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    } finally {
      await server.stop();
    }
  });

  test('says what is wrong with its settings', async () => {
    const attempt = start({ folder, settings: { shared_buffers: 'plenty' } });
    await expect(attempt).rejects.toMatchObject({ code: 'StartFailed', message: expect.stringContaining('"plenty"') });
  });

  test('belongs to one launcher at a time', async () => {
    const attempts = await Promise.allSettled([start({ folder }), start({ folder })]);
    const started = attempts.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value);
    const refused = attempts.filter((attempt) => attempt.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toMatchObject([
      { code: 'FolderInUse', message: expect.stringContaining(`process ${process.pid} `) },
    ]);
    for (const server of started) {
      expect(await query(server, 'select answer from kept')).toEqual([{ answer: 'yes' }]);
      await server.stop();
    }
  });

  test('may be moved, even to where a path is too long for a socket', async () => {
    const moved = join(scratch.path, 'x'.repeat(60), 'postgres');
    await rename(join(scratch.path, 'data'), join(scratch.path, 'x'.repeat(60)));
    const server = await start({ folder: moved });
    expect(Buffer.byteLength(server.socketFolder)).toBeLessThan(40);
    expect((await stat(server.socketFolder)).mode & 0o777).toBe(0o700);
    expect(await query(server, 'select answer from kept')).toEqual([{ answer: 'yes' }]);
    await server.stop();
    await expect(stat(server.socketFolder)).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(join(scratch.path, 'x'.repeat(60)), join(scratch.path, 'data'));
  });

  test('is refused without its password file, or where no folder can be', async () => {
    await rename(join(folder, 'superuser.password'), join(folder, 'away'));
    const attempt = start({ folder });
    await expect(attempt).rejects.toMatchObject({
      code: 'FolderUnusable',
      message: expect.stringContaining('restore it'),
    });
    await rename(join(folder, 'away'), join(folder, 'superuser.password'));
    const nowhere = start({ folder: join(folder, 'postgres.log', 'postgres') });
    await expect(nowhere).rejects.toMatchObject({
      code: 'FolderUnusable',
      message: expect.stringContaining('--database-url'),
    });
  });

  test('runs the binaries it is given, and is refused where there are none', async () => {
    const first = await start({ folder });
    const [program = ''] = findProcess(first.pid)?.argv ?? [];
    await first.stop();
    const second = await start({ folder, binaries: dirname(dirname(program)) });
    expect(findProcess(second.pid)?.argv[0]).toBe(program);
    await second.stop();
    const attempt = start({ folder, binaries: '/nonexistent' });
    await expect(attempt).rejects.toMatchObject({
      code: 'NoBinaries',
      message: expect.stringContaining('/nonexistent/bin/initdb'),
    });
  });
});
