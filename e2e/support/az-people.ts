import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { answerDevice, type Person } from './answer-pages.ts';
import type { Az } from './az.ts';
import { finished } from './program.ts';

/** `az login` as somebody does who reads what it prints and goes to a browser. */
export const loginByDevice = async (az: Az, page: Page, person: Person, ...args: readonly string[]): Promise<void> => {
  const login = az.start('login', '--use-device-code', ...args);
  const [, url = '', code = ''] = await login.printed(/(https:\/\/\S+\/devicelogin)\b.*?\bcode ([A-Z0-9-]+)/s);
  expect(await answerDevice(page, { url, code }, person)).toEqual({ asked: ['signin', 'confirm'], outcome: 'done' });
  const { code: exit, output } = await finished(login);
  expect(exit, output).toBe(0);
};
