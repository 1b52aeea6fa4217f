import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { systemCommand } from './system-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-path-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'program'), '', { mode: 0o755 });
writeFileSync(join(folder, 'text'), '', { mode: 0o644 });
mkdirSync(join(folder, 'directory'));
const path = [join(folder, 'absent'), '', folder].join(delimiter);

const watchNotices = () => {
  const notices = vi.spyOn(console, 'warn').mockReturnValue();
  onTestFinished(() => notices.mockRestore());
  return notices;
};

test('a program on PATH is there, whatever CI says', () => {
  const notices = watchNotices();
  for (const ci of ['true', 'false', undefined]) expect(systemCommand('program', { PATH: path, CI: ci })).toBe(true);
  expect(notices).not.toHaveBeenCalled();
});

test.each([
  ['nothing of the name', 'nothing', path],
  ['a file that cannot be run', 'text', path],
  ['a folder', 'directory', path],
  ['no PATH', 'program', undefined],
])('%s is missing: a failure with CI=true, else one notice', (_, name, PATH) => {
  const notices = watchNotices();
  expect(() => systemCommand(name, { PATH, CI: 'true' })).toThrow(`${name} is not on PATH`);
  for (const ci of ['false', undefined, undefined]) expect(systemCommand(name, { PATH, CI: ci })).toBe(false);
  expect(notices.mock.calls).toEqual([[`${name} is not on PATH: the tests that need it are skipped`]]);
});
