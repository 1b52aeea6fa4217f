import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { leaveOut } from './leave-out.ts';

type Skip = (note: string) => void;

/** A page of somebody who is signed in nowhere yet. Leaves the test out where there is no browser. */
export const openPage = async (
  browser: Browser | undefined,
  skip: Skip,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  if (browser === undefined) {
    leaveOut('Chromium is not here: run e2e/clients/install', skip);
    throw new Error('a test that is left out went on');
  }
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  return context.newPage();
};
