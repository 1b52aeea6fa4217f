import { accountPage } from '../src/pages/account-page.ts';
import { consentPage } from '../src/pages/consent-page.ts';
import { deviceCodePage } from '../src/pages/device-code-page.ts';
import { deviceConfirmPage } from '../src/pages/device-confirm-page.ts';
import { errorPage } from '../src/pages/error-page.ts';
import { formPostPage } from '../src/pages/form-post-page.ts';
import { messagePage } from '../src/pages/message-page.ts';
import { newPasswordPage } from '../src/pages/new-password-page.ts';
import { otpEnrolPage } from '../src/pages/otp-enrol-page.ts';
import { otpPage } from '../src/pages/otp-page.ts';
import { signInPage } from '../src/pages/sign-in-page.ts';
import { signOutPage } from '../src/pages/sign-out-page.ts';

/** Turns the likely text of a place into the text to show there. */
export type Say = (likely: string) => string;
export type Pages = Readonly<Record<string, string>>;

/** Every page, with each of its strings said by `say`. Addresses stay: only ours and registered ones get that far. */
export const samplePages = (say: Say): Pages => ({
  ...signInPages(say),
  ...newCredentialPages(say),
  ...decisionPages(say),
  ...devicePages(say),
  ...endings(say),
});

const at = new Date('2026-03-04T10:15:30Z');
const stepOf = (say: Say) => ({
  action: '/contoso.example/login',
  ctx: say('c2VhbGVk'),
  tenantName: say('Contoso'),
  appName: say('Microsoft Azure CLI'),
});
const userOf = (say: Say): string => say('ada@contoso.example');

const signInPages = (say: Say): Pages => {
  const step = { ...stepOf(say), providers: [] };
  const username = userOf(say);
  const providers = [
    { id: say('corporate'), displayName: say('Contoso SSO') },
    { id: say('github'), displayName: say('GitHub') },
  ];
  const error = say('The user name or the password is wrong.');
  return {
    'sign-in': signInPage({ ...step, providers }),
    'sign-in, refused': signInPage({ ...step, username, error }),
    'sign-in, for a device': signInPage({ ...step, username, usernameFixed: true, deviceNotice: true }),
    otp: otpPage({ ...step, userName: username }),
    'otp, refused': otpPage({ ...step, error: say('The code is wrong, too old, or was used before.') }),
  };
};

const newCredentialPages = (say: Say): Pages => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const uri = `otpauth://totp/Holdfast:ada?secret=${secret}&issuer=Holdfast`;
  const step = { ...stepOf(say), userName: userOf(say) };
  const rules = say('At least 12 characters, and none of the passwords that leaked somewhere.');
  const error = say('The two passwords differ.');
  return {
    'otp enrolment': otpEnrolPage({ ...step, secretBase32: say(secret), uri }),
    'new password': newPasswordPage({ ...step, reason: 'expired', rules }),
    'new password, refused': newPasswordPage({ ...step, reason: 'mustChange', rules, error }),
  };
};

const decisionPages = (say: Say): Pages => ({
  consent: consentPage({
    ...stepOf(say),
    appName: say('Inventory dashboard'),
    appId: say('4c9ae2f5-2d0d-44a4-9ef6-2c2a3b9f7d11'),
    publisherNote: say('Registered in your organisation, Contoso.'),
    resourceName: say('Holdfast Resource Manager'),
    scopes: [
      { name: say('user_impersonation'), description: say('Manage servers, extensions and updates as you') },
      { name: say('User.Read'), description: say('Read your name and your user name') },
    ],
    userName: userOf(say),
  }),
  account: accountPage({
    ...stepOf(say),
    accounts: [
      { userName: userOf(say), displayName: say('Ada Lovelace') },
      { userName: say('admin@holdfast.internal'), displayName: say('Administrator') },
    ],
  }),
  'sign-out': signOutPage({ ...stepOf(say), userName: userOf(say) }),
});

const devicePages = (say: Say): Pages => ({
  'device code': deviceCodePage({ ...stepOf(say), prefill: say('HXKP-2MQR') }),
  'device code, refused': deviceCodePage({
    ...stepOf(say),
    error: say('This code is not known, has expired or was used.'),
  }),
  'device confirmation': deviceConfirmPage({
    ...stepOf(say),
    userName: userOf(say),
    address: say('203.0.113.24'),
    userAgentSummary: say('Azure CLI 2.74 on Linux'),
    requestedAt: at,
  }),
});

const endings = (say: Say): Pages => ({
  'message, done': messagePage({
    title: say('Your device is signed in'),
    text: say('You can close this page and go back to your device.'),
    outcome: 'done',
  }),
  'message, declined': messagePage({
    title: say('Cancelled'),
    text: say('Your device gets no access. You can close this page.'),
    outcome: 'declined',
  }),
  error: errorPage({
    title: say('Sign-in cannot go on'),
    words: say(
      "The redirect URI 'https://elsewhere.example/callback' specified in the request does not match the redirect URIs configured for the application '04b07795-8ddb-461a-bbee-02f9e1bf7b46'. Register it, or send one that is registered.",
    ),
    code: 50011,
    traceId: say('0f6e9b6e-8c0b-4f0e-9c55-3f2a1d1f9a10'),
    correlationId: say('5b9f0d4e-51c1-4bd0-a5ac-6f6d0c1f2b3e'),
    timestamp: at,
  }),
  'form post': formPostPage({
    redirectUri: 'https://app.example/signed-in',
    fields: { code: say('0.AAAA'), state: say('12345'), session_state: say('abc') },
  }),
});
