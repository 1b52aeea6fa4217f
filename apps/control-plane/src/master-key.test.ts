import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError } from './config/config-error.ts';
import { readMasterKey } from './master-key.ts';

const scratch = mkdtempSync(join(tmpdir(), 'holdfast-master-key-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const fresh = () => join(mkdtempSync(join(scratch, 'case-')), 'master.key');
const random = { bytes: (length: number) => new Uint8Array(length).fill(0xab) };
const noRandom = {
  bytes: (): Uint8Array => {
    throw new Error('a key was made though there is one');
  },
};
const hex = '0123456789abcdef'.repeat(4);

describe('the master key', () => {
  test('is made once, for its owner only, and then stays', () => {
    const file = fresh();
    expect(readMasterKey(file, random)).toEqual(Buffer.alloc(32, 0xab));
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([`${'ab'.repeat(32)}\n`, 0o600]);
    expect(readMasterKey(file, noRandom)).toEqual(Buffer.alloc(32, 0xab));
  });

  test.each([hex, hex.toUpperCase(), `${hex}\n`, `  ${hex}\r\n`])('can be brought as %j', (text) => {
    const file = fresh();
    writeFileSync(file, text);
    expect(Buffer.from(readMasterKey(file, noRandom)).toString('hex')).toBe(hex);
  });

  test.each([
    '',
    '\n',
    hex.slice(1),
    `${hex}0`,
    `${hex}${hex}`,
    hex.replace('0', 'g'),
    `${hex.slice(0, 32)} ${hex.slice(32)}`,
  ])('is refused as %j, without a word of it in the error', (text) => {
    const file = fresh();
    writeFileSync(file, text);
    const read = () => readMasterKey(file, noRandom);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(`${file} must hold 32 bytes as 64 hexadecimal digits`);
    expect(read).not.toThrow(text.trim().length > 8 ? text.trim() : 'nothing to hide');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test.each([
    ['in a folder that is not there', () => join(fresh(), 'x', 'master.key')],
    ['that is a folder', () => scratch],
  ])('%s is an error that names it', (_, make) => {
    const file = make();
    expect(() => readMasterKey(file, random)).toThrow(ConfigError);
    expect(() => readMasterKey(file, random)).toThrow(`the master key ${file} cannot be read or made`);
  });
});
