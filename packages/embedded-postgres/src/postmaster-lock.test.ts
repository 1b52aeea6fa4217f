import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePostmasterLock } from './postmaster-lock.ts';

test('a complete lock names process, socket folder and status', () => {
  const text = '4711\n/data\n1700000000\n5432\n/run/folder\n\n  2146340         4\nready   \n';
  expect(parsePostmasterLock(text)).toEqual({ pid: 4711, socketFolder: '/run/folder', status: 'ready' });
});

test.each([
  ['a lock still being written', '4711\n/data\n', { pid: 4711, socketFolder: '', status: '' }],
  ['a stand-alone backend', '-4711\n/data\n', { pid: 4711, socketFolder: '', status: '' }],
  ['an empty file', '', undefined],
  ['no pid', 'ready\n', undefined],
])('%s', (_, text, expected) => {
  expect(parsePostmasterLock(text)).toEqual(expected);
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => void parsePostmasterLock(text)));
});
