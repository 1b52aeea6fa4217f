import type {
  ApplicationStore,
  ConditionalAccessStore,
  ConsentStore,
  CredentialStore,
  DirectoryObject,
  DirectoryRoleStore,
  DirectoryStore,
  GroupStore,
  MembershipStore,
  OwnerStore,
  ServicePrincipalStore,
  SignInStore,
  User,
  UserStore,
} from '@holdfast/directory';
import type { Random, Result, Uuid } from '@holdfast/kernel';

/** Users, groups and service principals by their ids, whatever they are. */
export interface DirectoryObjectReader {
  /** In the order of the ids, without those that are nobody's in this tenant. */
  findAll(tenantId: Uuid, ids: readonly Uuid[]): Promise<readonly DirectoryObject[]>;
}

/** The rules of passwords. */
export interface Passwords {
  /** Whether the person may choose it; the reason is for people. */
  check(password: string, about: Pick<User, 'userPrincipalName' | 'displayName'>): Promise<Result<unknown, string>>;
  hash(password: string): Promise<string>;
  /** Whether it is the person's. May refuse, with an error of the catalogue, after too many wrong ones. */
  verify(user: User, password: string): Promise<boolean>;
}

/** What the directory's API reads and writes. */
export interface GraphStores {
  readonly tenants: Pick<DirectoryStore, 'findTenant'>;
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly memberships: MembershipStore;
  readonly objects: DirectoryObjectReader;
  readonly applications: ApplicationStore;
  readonly servicePrincipals: ServicePrincipalStore;
  readonly credentials: CredentialStore;
  readonly owners: OwnerStore;
  readonly roles: DirectoryRoleStore;
  readonly consents: ConsentStore;
  readonly conditionalAccess: ConditionalAccessStore;
  readonly signIns: Pick<SignInStore, 'list'>;
}

export interface GraphDependencies extends GraphStores {
  readonly random: Random;
  readonly passwords: Passwords;
  /** Names of our own APIs, without a trailing slash: no application may take one as its own. */
  readonly ownNames: readonly string[];
}
