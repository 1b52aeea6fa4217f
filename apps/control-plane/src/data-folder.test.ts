import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from './config/config-error.ts';
import { createDataFolder } from './data-folder.ts';
import { findFile, readOrCreate, writePrivateFile } from './private-file.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-data-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const fresh = () => mkdtempSync(join(scratch, 'case-'));
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the data folder', () => {
  test('is its owner’s alone, with its parents made', () => {
    const folder = join(fresh(), 'deep', 'data');
    const made = createDataFolder(folder);
    expect([folder, join(folder, 'secrets'), join(folder, 'tls')].map(modeOf)).toEqual([0o700, 0o700, 0o700]);
    expect(made).toMatchObject({
      folder,
      bootstrap: join(folder, 'bootstrap.json'),
      tls: { ca: join(folder, 'tls', 'ca.pem') },
    });
  });

  test('is closed to others when it was open, and keeps what is in it', () => {
    const folder = fresh();
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'x'), 'kept');
    for (const each of [folder, join(folder, 'secrets')]) chmodSync(each, 0o755);
    createDataFolder(folder);
    expect([folder, join(folder, 'secrets')].map(modeOf)).toEqual([0o700, 0o700]);
    expect(readFileSync(join(folder, 'secrets', 'x'), 'utf8')).toBe('kept');
  });

  test('that cannot be made is an error that names it', () => {
    const file = join(fresh(), 'file');
    writeFileSync(file, '');
    expect(() => createDataFolder(join(file, 'data'))).toThrow(ConfigError);
    expect(() => createDataFolder(join(file, 'data'))).toThrow(
      /the data folder .*\/file\/data cannot be made or written/,
    );
  });
});

describe('a private file', () => {
  test('is its owner’s alone, also when it replaces one that was not', () => {
    const file = join(fresh(), 'secret');
    writeFileSync(file, 'old', { mode: 0o644 });
    writePrivateFile(file, 'new');
    expect([readFileSync(file, 'utf8'), modeOf(file)]).toEqual(['new', 0o600]);
  });

  test('is written whole or not at all: nothing else is left in its folder', () => {
    const folder = fresh();
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
    writePrivateFile(join(folder, 'a'), bytes);
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a'))).toEqual(Buffer.from(bytes));
    expect(() => writePrivateFile(join(folder, 'missing', 'b'), 'x')).toThrow(/ENOENT/);
  });

  test('is made once and then read', () => {
    const file = join(fresh(), 'secret');
    const made: string[] = [];
    const make = () => {
      made.push('x');
      return `made ${made.length}`;
    };
    expect([readOrCreate(file, make), readOrCreate(file, make)].map(String)).toEqual(['made 1', 'made 1']);
    expect([made.length, modeOf(file)]).toEqual([1, 0o600]);
  });

  test('that is absent is undefined; any other trouble is not taken for that', () => {
    const folder = fresh();
    expect(findFile(join(folder, 'x'))).toBeUndefined();
    expect(() => findFile(folder)).toThrow(/EISDIR/);
    expect(() => readOrCreate(folder, () => 'x')).toThrow(/EISDIR/);
  });
});
