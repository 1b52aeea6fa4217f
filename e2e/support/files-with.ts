import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/** The files below a folder, of whatever kind, in which any of the texts stands. */
export const filesWith = (folder: string, texts: readonly string[]): readonly string[] => {
  if (texts.length === 0) return [];
  // Given on standard input: command lines are searched as well.
  const search = ['--recursive', '--text', '--fixed-strings', '--files-with-matches', '--file=-', folder];
  const { status, stdout, stderr } = spawnSync('grep', search, { input: texts.join('\n'), encoding: 'utf8' });
  // 1 says that there is none.
  expect([0, 1], stderr).toContain(status);
  return stdout.split('\n').filter((name) => name !== '');
};
