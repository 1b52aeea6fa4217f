import { chown, mkdir, readdir, readFile, readlink, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ourselves } from './account.ts';
import { ensureCopy } from './distribution-copy.ts';
import { isRoot, makeScratch } from './test-scratch.ts';

let scratch: Awaited<ReturnType<typeof makeScratch>>;
let source: string;
let target: string;
const account = ourselves();

beforeEach(async () => {
  scratch = await makeScratch();
  source = join(scratch.path, 'installed');
  target = join(scratch.path, 'copies', '18.4');
  await mkdir(join(source, 'bin'), { recursive: true });
  await mkdir(join(source, 'lib'));
  await writeFile(join(source, 'bin', 'postgres'), 'a program', { mode: 0o700 });
  await writeFile(join(source, 'lib', 'libpq.so.5.18'), 'a library', { mode: 0o600 });
  await writeFile(join(source, 'lib', 'libpq.a'), 'for linkers');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(source, 'pg-symlinks.json'), JSON.stringify(links));
});
afterEach(() => scratch.remove());

test('a copy has the files with their links, readable by everyone whatever the installation was', async () => {
  const before = process.umask(0o077);
  const home = await ensureCopy({ source, target, account });
  process.umask(before);
  expect((await stat(join(home, 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
  expect((await stat(join(home, 'lib', 'libpq.so.5.18'))).mode & 0o777).toBe(0o644);
  expect(await readlink(join(home, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect((await readdir(join(home, 'lib'))).toSorted()).toEqual(['libpq.so.5', 'libpq.so.5.18']);
  for (const folder of [home, join(home, 'bin'), join(scratch.path, 'copies')]) {
    expect((await stat(folder)).mode & 0o777).toBe(0o755);
  }
});

test('several starts at once end with one whole copy and no remains', async () => {
  const homes = await Promise.all([1, 2, 3].map(() => ensureCopy({ source, target, account })));
  expect(new Set(homes).size).toBe(1);
  expect(await readdir(join(scratch.path, 'copies'))).toEqual(['18.4']);
});

test('what a crash left is replaced: a broken copy, and the part of a process that is gone', async () => {
  const home = await ensureCopy({ source, target, account });
  await truncate(join(home, 'bin', 'postgres'));
  await mkdir(join(scratch.path, 'copies', 'part-999999999-1-abcdef'));
  await ensureCopy({ source, target, account });
  expect(await readFile(join(home, 'bin', 'postgres'), 'utf8')).toBe('a program');
  expect(await readdir(join(scratch.path, 'copies'))).toEqual(['18.4']);
});

test.runIf(isRoot)(
  'a copy that another user could change is refused, and so is a place the server cannot enter',
  async () => {
    const home = await ensureCopy({ source, target, account });
    await chown(home, 54321, 54321);
    await expect(ensureCopy({ source, target, account })).rejects.toThrow('belongs to user id 54321');
    const elsewhere = join(scratch.path, 'elsewhere', '18.4');
    const refused = ensureCopy({ source, target: elsewhere, account: { uid: 54321, gid: 54321 } });
    await expect(refused).rejects.toThrow('cannot enter');
    expect(await readdir(scratch.path)).not.toContain('elsewhere');
  },
);
