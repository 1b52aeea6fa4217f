import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';
import { logfmtLine } from './logfmt.ts';

const at = new Date('2026-11-23T07:00:00Z');

describe('a log line', () => {
  test('is logfmt', () => {
    expect(logfmtLine(at, 'info', { msg: 'it works', port: 40342, none: null, error: 'a "b"' })).toBe(
      'time=2026-11-23T07:00:00.000Z level=info msg="it works" port=40342 error="a \\"b\\""\n',
    );
  });

  test('is one line, and drives no terminal, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = logfmtLine(at, 'error', { msg: text });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
        expect(line.slice(0, -1)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/);
        expect(line.endsWith('\n')).toBe(true);
      }),
    );
  });
});

test('a log file keeps one predecessor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const path = join(folder, 'himds.log');
  try {
    const file = openLogFile(path, 100);
    for (let n = 0; n < 25; n += 1) file.write(`line ${String(n).padStart(2, '0')}\n`);
    file.close();
    const lines = [readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')].join('').trim().split('\n');
    expect(lines.at(-1)).toBe('line 24');
    expect(lines.length).toBeGreaterThanOrEqual(12);
    expect([statSync(path).size <= 100, existsSync(`${path}.2`)]).toEqual([true, false]);
    const again = openLogFile(path, 100);
    again.write('once more\n');
    again.close();
    expect(readFileSync(path, 'utf8')).toContain('line 24\nonce more\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
