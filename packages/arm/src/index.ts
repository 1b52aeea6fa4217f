// arm: the resource manager's vocabulary: ids, scopes, versions, tags, entity tags and its errors. Pure; imports kernel only.
export { type ApiVersion, apiVersion, isSince, parseApiVersion, type VersionSupport } from './api-version.ts';
export { ArmError, type ArmErrorCode, type ArmErrorParameters, armError } from './arm-error.ts';
export { type Conditions, type ETag, etagOf, failedCondition } from './etag.ts';
export { type Location, locationOf } from './location.ts';
export type { LongRunningOperation, OperationState } from './long-running-operation.ts';
export { nextLink, type PageRequest, parsePage } from './page.ts';
export { normalisePath } from './request-path.ts';
export {
  formatGroupId,
  formatResourceId,
  type GroupId,
  type Name,
  nameOf,
  parseGroupName,
  parseSubscriptionId,
  type ResourceId,
  type SubscriptionId,
} from './resource-id.ts';
export { rootScope, type Scope, scopeCovers, scopeOf } from './scope.ts';
export { parseTags, type Tags } from './tags.ts';
