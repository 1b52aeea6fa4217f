import { armError } from '@holdfast/arm';
import type { Handler, subscriptionOperations } from '@holdfast/contracts';
import type { SubscriptionStore } from './subscription.ts';
import { aliasToWire } from './subscription-wire.ts';

export const getAlias =
  ({ subscriptions }: { subscriptions: SubscriptionStore }): Handler<typeof subscriptionOperations.Alias_Get> =>
  async ({ context, parameters }) => {
    const alias = await subscriptions.findAlias(context.caller.tenantId, parameters.aliasName);
    if (alias === undefined) throw armError('AliasNotFound', { name: parameters.aliasName });
    return { status: 200, body: aliasToWire(alias) };
  };
