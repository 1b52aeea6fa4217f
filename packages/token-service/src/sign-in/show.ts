import { totpUri } from '@holdfast/directory';
import { findPermission } from '../consent/permissions.ts';
import { accountPage } from '../pages/account-page.ts';
import { consentPage } from '../pages/consent-page.ts';
import { deviceConfirmPage } from '../pages/device-confirm-page.ts';
import { newPasswordPage } from '../pages/new-password-page.ts';
import { otpEnrolPage } from '../pages/otp-enrol-page.ts';
import { otpPage } from '../pages/otp-page.ts';
import type { Step } from '../pages/post-form.ts';
import { signInPage } from '../pages/sign-in-page.ts';
import type { Next } from './decide-next.ts';
import type { Known } from './learn.ts';
import type { SignInServices } from './sign-in-services.ts';
import { summariseUserAgent } from './user-agent.ts';

export type PageName = Extract<Next, { kind: 'ask' }>['page'];

export interface Showing {
  readonly known: Known;
  readonly step: Step;
  /** What was wrong with the page before, in words for people. */
  readonly error: string | undefined;
  /** The name that was typed on it. */
  readonly typedName: string | undefined;
}

type Show = (showing: Showing, services: SignInServices) => string | Promise<string>;

const nameOfApp = ({ asked }: Known): string => asked?.app.displayName ?? 'another device';

const signIn: Show = async ({ known, step, error, typedName }, services) => {
  const { authority, interaction } = known;
  const tenantId = authority.kind === 'tenant' ? authority.tenant.id : (await services.directory.defaultTenant()).id;
  const providers = await services.providers.list(tenantId);
  const hint = interaction.purpose.kind === 'authorize' ? interaction.purpose.request.loginHint : undefined;
  return signInPage({
    ...step,
    appName: nameOfApp(known),
    username: typedName ?? hint,
    error,
    providers: providers.map(({ id, displayName }) => ({ id, displayName })),
    deviceNotice: interaction.purpose.kind === 'device',
  });
};

const account: Show = ({ known, step }) => {
  const { user } = known;
  const accounts = user ? [{ userName: user.userPrincipalName, displayName: user.displayName }] : [];
  return accountPage({ ...step, accounts, appName: nameOfApp(known) });
};

export const passwordRules =
  'At least 12 characters, and not a common or easily guessed one. Three or four unrelated words do well.';

const newPassword: Show = ({ known, step, error }) =>
  newPasswordPage({
    ...step,
    reason: 'mustChange',
    rules: passwordRules,
    userName: known.user?.userPrincipalName ?? '',
    error,
  });

const otp: Show = ({ known, step, error }) =>
  otpPage({ ...step, appName: nameOfApp(known), userName: known.user?.userPrincipalName, error });

const enrol: Show = ({ known, step, error }) => {
  const secretBase32 = known.interaction.enrolment ?? '';
  const uri = totpUri(secretBase32, { issuer: 'Holdfast', account: known.user?.userPrincipalName ?? '' });
  return otpEnrolPage({ ...step, secretBase32, uri, error });
};

const device: Show = ({ known, step }) =>
  deviceConfirmPage({
    ...step,
    appName: nameOfApp(known),
    address: known.asked?.device?.address ?? '',
    userAgentSummary: summariseUserAgent(known.asked?.device?.userAgent ?? ''),
    requestedAt: known.asked?.device?.createdAt ?? new Date(0),
    userName: known.user?.userPrincipalName ?? '',
  });

const consent: Show = ({ known, step }) => {
  const { asked, user, facts } = known;
  const resource = asked?.requested.resource;
  const names = facts.consent && 'scopes' in facts.consent ? facts.consent.scopes : [];
  const scopes = names.flatMap((name) => (resource && findPermission(resource, name)) ?? []);
  return consentPage({
    ...step,
    appName: nameOfApp(known),
    appId: asked?.app.appId ?? '',
    publisherNote: 'Registered in your organisation. Nobody outside has vouched for it.',
    resourceName: resource?.audience ?? '',
    scopes,
    userName: user?.userPrincipalName ?? '',
  });
};

/** Every page that asks, by the step it asks for. */
export const pages: Readonly<Record<PageName, Show>> = { signIn, account, newPassword, otp, enrol, device, consent };
