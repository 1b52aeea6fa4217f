import type { Uuid } from '@holdfast/kernel';
import type { Condition, Page } from '../directory-query.ts';
import type { SignIn } from './sign-in.ts';

export type SignInField =
  | 'id'
  | 'appId'
  | 'userId'
  | 'userPrincipalName'
  | 'ipAddress'
  | 'servicePrincipalId'
  | 'correlationId';

export interface SignInQuery {
  readonly where: readonly Condition<SignInField>[];
  /** `failed` gives those with a code, `succeeded` those without. */
  readonly outcome?: 'failed' | 'succeeded';
  readonly from?: Date;
  readonly to?: Date;
  readonly top: number;
  readonly after: string | undefined;
}

export interface CredentialUse {
  readonly tenantId: Uuid;
  readonly credentialId: Uuid;
  readonly at: Date;
}

export interface SignInStore {
  /** One that is there already stays as it is: whoever heard of no success tries again. All of them or none. */
  insertAll(signIns: readonly SignIn[]): Promise<void>;
  /** Newest first. */
  list(tenantId: Uuid, query: SignInQuery): Promise<Page<SignIn>>;
  /** Keeps when credentials were last used. */
  recordUses(uses: readonly CredentialUse[]): Promise<void>;
  /** How many were removed. */
  deleteBefore(at: Date): Promise<number>;
}
