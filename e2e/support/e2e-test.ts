import { test } from 'vitest';
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
