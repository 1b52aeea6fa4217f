import { test } from 'vitest';
import { openBrowser } from './browser.ts';
import { openSite } from './site.ts';

/** Tests that share one control plane, which starts with the first of them; `settings` are options of `holdfast serve`. */
export const testWithSite = (...settings: readonly string[]) =>
  test
    .extend('settings', { scope: 'file' }, settings)
    .extend('site', { scope: 'file' }, async ({ settings: given }, { onCleanup }) => {
      const site = await openSite(...given);
      onCleanup(site.close);
      return site;
    });

/** The same, with a browser for the people in them. */
export const testWithBrowser = (...settings: readonly string[]) =>
  testWithSite(...settings).extend('browser', { scope: 'file' }, async ({ site }, { onCleanup }) => {
    const browser = await openBrowser(site.data);
    onCleanup(async () => browser?.close());
    return browser;
  });
