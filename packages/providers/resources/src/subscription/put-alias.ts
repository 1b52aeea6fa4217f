import { armError, parseSubscriptionId, type SubscriptionId } from '@holdfast/arm';
import type { BodyOf, Handler, subscriptionOperations } from '@holdfast/contracts';
import { newUuid, type Random, unwrap } from '@holdfast/kernel';
import type { SubscriptionAlias, SubscriptionStore } from './subscription.ts';
import { aliasToWire } from './subscription-wire.ts';

type Create = typeof subscriptionOperations.Alias_Create;

/** Creates a subscription, or finds the one that was created under this alias before. */
export const putAlias =
  ({ subscriptions, random }: { subscriptions: SubscriptionStore; random: Random }): Handler<Create> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const existing = await subscriptions.findAlias(tenantId, parameters.aliasName);
    if (existing !== undefined) return { status: 200, body: aliasToWire(sameSubscription(existing, body)) };
    const wanted = wantedId(body);
    const id = wanted ?? (newUuid(random) as SubscriptionId);
    const displayName = body.properties.displayName ?? parameters.aliasName;
    const created = { id, tenantId, displayName, state: 'Enabled', createdAt: context.now } as const;
    if (!(await subscriptions.insert(created))) throw armError('SubscriptionAlreadyExists', { id });
    const alias = { tenantId, name: parameters.aliasName, subscriptionId: id };
    if (!(await subscriptions.insertAlias(alias))) throw armError('AliasAlreadyExists', { name: alias.name });
    return { status: 201, body: aliasToWire(alias) };
  };

const wantedId = ({ properties }: BodyOf<Create>): SubscriptionId | undefined =>
  properties.subscriptionId === undefined ? undefined : unwrap(parseSubscriptionId(properties.subscriptionId));

const sameSubscription = (alias: SubscriptionAlias, body: BodyOf<Create>): SubscriptionAlias => {
  const wanted = wantedId(body);
  if (wanted === undefined || wanted === alias.subscriptionId) return alias;
  throw armError('AliasAlreadyExists', { name: alias.name });
};
