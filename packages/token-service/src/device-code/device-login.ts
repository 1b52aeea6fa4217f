import { unwrap } from '@holdfast/kernel';
import { parseForm } from '../dialect/form-fields.ts';
import { oauthError } from '../oauth-error.ts';
import { deviceCodePage } from '../pages/device-code-page.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { sha256 } from '../people/random-secret.ts';
import { advance } from '../sign-in/advance.ts';
import type { BrowserRequest, Reply } from '../sign-in/browser-request.ts';
import { setCookie } from '../sign-in/cookies.ts';
import type { SignInServices } from '../sign-in/sign-in-services.ts';
import { parseUserCode } from './user-code.ts';

/** Where a person types the code that a device shows. */
export const showDeviceLogin = (browser: BrowserRequest, services: SignInServices, error?: string): Reply => ({
  kind: 'page',
  status: error === undefined ? 200 : 400,
  html: deviceCodePage({ action: `${services.origins.login}/devicelogin`, ctx: '', error }),
  headers: pageHeaders(),
  cookies: [setCookie('flow', browser.browser)],
});

/**
 * Begins the sign-in of a device's person. Whether the code is right is said after the sign-in only: strangers cannot try
 * codes.
 */
export const beginDeviceLogin = async (
  body: string,
  browser: BrowserRequest,
  services: SignInServices,
): Promise<Reply> => {
  // A form that another site sends comes without the cookie: the person sees the page first.
  if (browser.cookies.flow === undefined) return showDeviceLogin(browser, services);
  const typed = unwrap(parseForm(body)).get('user_code') ?? '';
  // What has not the form of a code is told by itself; a right form is looked up after the sign-in.
  const code = parseUserCode(typed);
  if (code === undefined) return showDeviceLogin(browser, services, oauthError('userCodeUnknown', {}).message);
  const interaction = {
    startedAt: browser.now.getTime(),
    correlationId: browser.correlationId,
    authority: 'organizations',
    purpose: { kind: 'device', userCodeSha256: Buffer.from(sha256(code)).toString('base64url') },
    settled: [],
  } as const;
  return advance(interaction, browser, { services });
};
