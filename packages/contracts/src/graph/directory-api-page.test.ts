import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Operation } from '../operation.ts';
import { graphOperations } from './graph-operations.ts';

const page = readFileSync(new URL('../../../../docs/reference/directory-api.md', import.meta.url), 'utf8');

test.each(Object.values(graphOperations) as readonly Operation[])('the page lists $method $path', (operation) => {
  const { method, path, action } = operation;
  expect(page).toContain(`| \`${method} ${path}\` | \`${action}\` |`);
});
