import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agentErrors } from './agent-errors.ts';
import { agentVersion } from './agent-version.ts';

test("the agent's version begins with its package's", () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(agentVersion).toBe(`${manifest.version}.0`);
});

test('every code is four digits that an exit code can hold', () => {
  for (const code of Object.keys(agentErrors)) {
    expect(code).toMatch(/^AZCM\d{4}$/);
    expect(Number(code.slice(4))).toBeLessThanOrEqual(108);
  }
});
