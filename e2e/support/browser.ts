import { createHash, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { tlsOf } from './site.ts';

/** Debian's; `e2e/clients/install` brings it. */
const executablePath = '/usr/bin/chromium';

/** Without these it looks up its maker's hosts at every start. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

/** A browser that takes the site's certificate, and no other that it does not know; undefined where there is none. */
export const openBrowser = async (data: string): Promise<Browser | undefined> => {
  if (!existsSync(executablePath)) return undefined;
  const key = new X509Certificate(tlsOf(data).cert).publicKey.export({ type: 'spki', format: 'der' });
  const pin = createHash('sha256').update(key).digest('base64');
  return chromium.launch({
    executablePath,
    args: [...quiet, '--no-sandbox', '--disable-gpu', `--ignore-certificate-errors-spki-list=${pin}`],
  });
};
