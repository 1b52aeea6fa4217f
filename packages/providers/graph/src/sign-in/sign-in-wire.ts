import type { AppliedPolicy, SignIn } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** Holdfast's own are `credentialKind`, `count` and `lastDateTime`: programs ask often, and alike stand together. */
export const signInToWire = (signIn: SignIn): Entity => {
  const { principal, app, outcome } = signIn;
  const isProgram = principal.kind === 'servicePrincipal';
  return {
    id: signIn.id,
    createdDateTime: signIn.at.toISOString(),
    lastDateTime: signIn.lastAt.toISOString(),
    count: signIn.count,
    correlationId: signIn.correlationId,
    userId: isProgram ? null : (principal.id ?? null),
    userPrincipalName: isProgram ? null : principal.name,
    servicePrincipalId: isProgram ? (principal.id ?? null) : null,
    servicePrincipalName: isProgram ? principal.name : null,
    appId: app.appId ?? null,
    appDisplayName: app.displayName,
    resourceDisplayName: signIn.resource ?? null,
    ipAddress: signIn.address,
    userAgent: signIn.userAgent,
    signInEventTypes: [eventType(signIn)],
    isInteractive: eventType(signIn) === 'interactiveUser',
    authenticationProtocol: protocols[signIn.flow],
    authenticationRequirement: signIn.mfa ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    credentialKind: signIn.credential.kind,
    servicePrincipalCredentialKeyId: isProgram ? (signIn.credential.id ?? null) : null,
    status: {
      errorCode: outcome.code,
      failureReason: outcome.code === 0 ? null : outcome.reason,
      additionalDetails: outcome.code === 0 ? outcome.reason : null,
    },
    conditionalAccessStatus: statusOf(signIn.policies),
    appliedConditionalAccessPolicies: signIn.policies.map(({ id, displayName, result, reason }) => ({
      id,
      displayName,
      result,
      reason,
    })),
  };
};

const protocols = {
  browser: 'oAuth2',
  deviceCode: 'deviceCode',
  clientCredentials: 'oAuth2',
  refresh: 'oAuth2',
} as const satisfies Record<SignIn['flow'], string>;

const eventType = ({ principal, flow }: SignIn): string => {
  if (principal.kind === 'servicePrincipal') return 'servicePrincipal';
  return flow === 'refresh' ? 'nonInteractiveUser' : 'interactiveUser';
};

/** What the policies that are in force said together. */
const statusOf = (policies: readonly AppliedPolicy[]): string => {
  if (policies.some(({ result }) => result === 'failure')) return 'failure';
  return policies.some(({ result }) => result === 'success') ? 'success' : 'notApplied';
};
