import { createHash } from 'node:crypto';
import { formActionSource } from './form-action-source.ts';
import { formPostScript } from './form-post-page.ts';
import { stylesheet } from './stylesheet.ts';

export interface PageSafety {
  /**
   * Addresses besides this server where a post of the page may end. Chromium holds every redirect after a post to
   * `form-action`, the application's own next ones included (measured with 156), so a page whose post may end in an
   * application or at a provider that redirects on says `anywhere`: the directive is left out.
   */
  readonly formTargets?: readonly string[] | 'anywhere';
  /** The page of `form_post`, the only one with a script. */
  readonly script?: 'form-post';
  /**
   * The page may stand in a popup of an application. msal-browser watches its popup through the opener, and any
   * Cross-Origin-Opener-Policy of ours but `unsafe-none` would cut that: the application sees a closed window and gives up.
   */
  readonly inPopup?: boolean;
}

/** What every page is sent with, and never without. */
export const pageHeaders = (safety: PageSafety = {}): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy(safety),
  // For browsers that do not know frame-ancestors.
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Nothing to anybody else. `no-referrer` would also make the browser send `Origin: null` with our own posts (Fetch,
  // "append a request Origin header"), and so take away what tells them from forged ones.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': safety.inPopup === true ? 'unsafe-none' : 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
});

const contentSecurityPolicy = ({ formTargets = [], script }: PageSafety): string =>
  [
    "default-src 'none'",
    `style-src ${hashSource(stylesheet)}`,
    ...(script === undefined ? [] : [`script-src ${hashSource(formPostScript)}`]),
    // The sign in the browser's tab.
    'img-src data:',
    ...(formTargets === 'anywhere' ? [] : [formAction(formTargets)]),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const formAction = (targets: readonly string[]): string =>
  ['form-action', "'self'", ...new Set(targets.map(formActionSource))].join(' ');

const hashSource = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
