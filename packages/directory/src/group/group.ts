import type { Uuid } from '@holdfast/kernel';

/** People and programs that are granted something together; groups may hold groups. */
export interface Group {
  readonly id: Uuid;
  readonly tenantId: Uuid;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly mailNickname: string;
  readonly createdAt: Date;
}

/** What can be a member, an owner or the holder of a grant. */
export type DirectoryObjectKind = 'user' | 'group' | 'servicePrincipal';

export interface DirectoryObject {
  readonly kind: DirectoryObjectKind;
  readonly id: Uuid;
  readonly displayName: string;
  /** A user's name. */
  readonly userPrincipalName?: string;
  /** A service principal's application. */
  readonly appId?: Uuid;
  readonly mail?: string;
}
