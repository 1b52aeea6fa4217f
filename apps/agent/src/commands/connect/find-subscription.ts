import { agentError } from '../../agent-error.ts';
import type { ArmClient } from '../../cloud/arm.ts';
import { type ArmPurpose, armAgentError } from '../../cloud/arm-agent-error.ts';
import type { ConnectRequest } from '../../options/connect-request.ts';

export interface SubscriptionSearch {
  readonly arm: ArmClient;
  readonly purpose: ArmPurpose;
  readonly wanted: ConnectRequest['subscription'];
}

/**
 * The subscription's id: given, or found by its display name among those the account can see.
 * @throws AZCM0068 when none or several have that name
 */
export const findSubscription = async ({ arm, purpose, wanted }: SubscriptionSearch): Promise<string> => {
  if ('id' in wanted) return wanted.id;
  const { displayName } = wanted;
  const all = await arm.listSubscriptions().catch(async (error: unknown) => {
    throw await armAgentError(error, purpose);
  });
  const [found, another] = all.filter((each) => each.displayName.toLowerCase() === displayName.toLowerCase());
  if (found === undefined) throw agentError('AZCM0068', `the account sees no subscription named '${displayName}'`);
  if (another !== undefined) throw agentError('AZCM0068', `several subscriptions are named '${displayName}'`);
  return found.id;
};
