import type { Brand } from '@holdfast/kernel';

/**
 * Where a grant holds: `/` (the tenant's root), a subscription, a resource group or a resource.
 * A scope is a resource id in lower case without a trailing slash, so equal scopes are equal strings.
 */
export type Scope = Brand<string, 'Scope'>;

export const rootScope = '/' as Scope;

export const scopeOf = (resourceId: string): Scope => {
  const trimmed = resourceId.toLowerCase().replace(/\/+$/, '');
  return (trimmed === '' ? '/' : trimmed) as Scope;
};

/** True when a grant at `outer` reaches `inner`: the same scope or one above it. */
export const scopeCovers = (outer: Scope, inner: Scope): boolean =>
  outer === rootScope || outer === inner || inner.startsWith(`${outer}/`);
