import type { Uuid } from '@holdfast/kernel';

/** What an application may do in people's names (Graph's oAuth2PermissionGrant). */
export interface Consent {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  /** The application. */
  readonly appId: Uuid;
  /** In whose name; undefined for everybody's, which an administrator gives. */
  readonly userId: Uuid | undefined;
  /** The resource as tokens name it, without a trailing slash. */
  readonly resource: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
}

export interface ConsentStore {
  /** Everybody's and, with `userId`, that person's consents to an application. */
  listOf(tenantId: Uuid, about: { readonly appId: Uuid; readonly userId?: Uuid }): Promise<readonly Consent[]>;
  list(tenantId: Uuid): Promise<readonly Consent[]>;
  /** Adds its scopes to what was consented to before for the same application, person and resource. */
  put(consent: Consent): Promise<void>;
  delete(tenantId: Uuid, id: Uuid): Promise<boolean>;
}
