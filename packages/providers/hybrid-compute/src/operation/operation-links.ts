import type { ApiVersion, Location, SubscriptionId } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';

/** Seconds that clients are asked to wait before they poll. */
export const pollAfterSeconds = 1;

export interface OperationPlace {
  readonly origin: string;
  readonly subscriptionId: SubscriptionId;
  readonly location: Location;
  readonly operationId: Uuid;
  readonly apiVersion: ApiVersion;
}

/** The headers by which clients follow a long-running operation; HybridCompute sends both poll addresses. */
export const operationLinks = (place: OperationPlace): Record<string, string> => {
  const { origin, subscriptionId, location, operationId, apiVersion } = place;
  const base = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.HybridCompute/locations/${location}`;
  return {
    'azure-asyncoperation': `${base}/operationstatus/${operationId}?api-version=${apiVersion}`,
    location: `${base}/operationresults/${operationId}?api-version=${apiVersion}`,
    'retry-after': String(pollAfterSeconds),
  };
};
