import type { User } from '@holdfast/directory';
import type { RequestedResource } from '../dialect/requested-resource.ts';
import { oauthError } from '../oauth-error.ts';
import type { AuthenticationMethod } from '../sign-in/session-store.ts';
import type { GrantRequest, GrantServices } from './grant.ts';

export interface AbsentPerson {
  readonly user: User;
  readonly methods: readonly AuthenticationMethod[];
  readonly resource: RequestedResource;
}

/**
 * Asks the policies where the program is and the person is not. What only the person could do is for the program to ask
 * for, so it hears `interaction_required`.
 */
export const checkPolicies = async (
  { note, sender: address }: GrantRequest,
  { user, methods, resource }: AbsentPerson,
  { conditionalAccess }: Pick<GrantServices, 'conditionalAccess'>,
): Promise<void> => {
  const credential = methods.includes('fed') ? 'external' : 'password';
  const attempt = { tenantId: user.tenantId, resource, address, credential, flow: note.flow } as const;
  const mfa = methods.includes('mfa') ? 'done' : 'possible';
  const { decision, policies } = await conditionalAccess.judgePerson(attempt, { user, mfa });
  note.policies = policies;
  if (decision === 'block') throw oauthError('conditionalAccessBlockedGrant', {});
  if (decision === 'mfaRequired') throw oauthError('mfaRequired', { resource: resource.audience });
};
