import type {
  Application,
  ApplicationStore,
  CredentialStore,
  Group,
  GroupStore,
  ServicePrincipal,
  ServicePrincipalStore,
  User,
  UserStore,
} from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import { createTable, pageOf } from './table.test-support.ts';

export const createInMemoryUsers = (): UserStore => {
  const table = createTable<User>();
  const named = (tenantId: Uuid, name: string) =>
    table.all(tenantId).find((user) => user.userPrincipalName.toLowerCase() === name.toLowerCase());
  const isFree = ({ tenantId, id, userPrincipalName }: User) => {
    const other = named(tenantId, userPrincipalName);
    return other === undefined || other.id === id;
  };
  const put = (user: User): boolean => {
    const free = isFree(user);
    if (free) table.put(user);
    return free;
  };
  return {
    find: async (tenantId, id) => table.find(tenantId, id),
    findByName: async (tenantId, name) => named(tenantId, name),
    findByExternal: async () => undefined,
    list: async (tenantId, query) =>
      pageOf(table.all(tenantId), query, (user, field) => {
        if (field === 'accountEnabled') return [user.enabled];
        return [field === 'mail' || field === 'mailNickname' ? user.profile[field] : user[field]];
      }),
    insert: async (user) => put(user),
    update: async (user) => put(user),
    delete: async (tenantId, id) => table.delete(tenantId, id),
    claimTotpStep: async () => true,
  };
};

export const createInMemoryGroups = (): GroupStore => {
  const table = createTable<Group>();
  return {
    find: async (tenantId, id) => table.find(tenantId, id),
    list: async (tenantId, query) => pageOf(table.all(tenantId), query, (group, field) => [group[field]]),
    insert: async (group) => table.put(group),
    update: async (group) => {
      table.put(group);
      return true;
    },
    delete: async (tenantId, id) => table.delete(tenantId, id),
  };
};

export const createInMemoryApplications = () => {
  const applications = createTable<Application>();
  const principals = createTable<ServicePrincipal>();
  const isFree = ({ tenantId, id, identifierUris }: Application) =>
    !applications
      .all(tenantId)
      .some((other) => other.id !== id && other.identifierUris.some((uri) => identifierUris.includes(uri)));
  const put = (application: Application): boolean => {
    const free = isFree(application);
    if (free) applications.put(application);
    return free;
  };
  const change = (place: { tenantId: Uuid; applicationId: Uuid }, to: (old: Application) => Application): boolean => {
    const old = applications.find(place.tenantId, place.applicationId);
    if (old !== undefined) applications.put(to(old));
    return old !== undefined;
  };
  const store: ApplicationStore = {
    find: async (tenantId, id) => applications.find(tenantId, id),
    list: async (tenantId, query) =>
      pageOf(applications.all(tenantId), query, (application, field) => [application[field]].flat()),
    insert: async (application) => put(application),
    update: async (application) => {
      const { secrets, certificates, federatedCredentials } =
        applications.find(application.tenantId, application.id) ?? application;
      return put({ ...application, secrets, certificates, federatedCredentials });
    },
    delete: async (tenantId, id) => {
      for (const each of principals.all(tenantId).filter(({ applicationId }) => applicationId === id))
        principals.delete(tenantId, each.id);
      return applications.delete(tenantId, id);
    },
  };
  return { applications: store, servicePrincipals: principalsOver(principals), credentials: credentialsOver(change) };
};

const principalsOver = (principals: ReturnType<typeof createTable<ServicePrincipal>>): ServicePrincipalStore => ({
  find: async (tenantId, id) => principals.find(tenantId, id),
  list: async (tenantId, query) =>
    pageOf(principals.all(tenantId), query, (principal, field) => {
      if (field === 'servicePrincipalName') return [principal.appId, ...principal.identifierUris];
      return [field === 'servicePrincipalType' ? principal.kind : principal[field]];
    }),
  insert: async (principal) => {
    const isNew = principals.all(principal.tenantId).every(({ appId }) => appId !== principal.appId);
    if (isNew) principals.put(principal);
    return isNew;
  },
  update: async (principal) => {
    principals.put(principal);
    return true;
  },
  delete: async (tenantId, id) => principals.delete(tenantId, id),
});

type Change = (place: { tenantId: Uuid; applicationId: Uuid }, to: (old: Application) => Application) => boolean;

const credentialsOver = (change: Change): CredentialStore => ({
  addSecret: async (place, secret) => void change(place, (old) => ({ ...old, secrets: [...old.secrets, secret] })),
  addCertificate: async (place, certificate) =>
    void change(place, (old) => ({ ...old, certificates: [...old.certificates, certificate] })),
  remove: async (place, credentialId) =>
    change(place, (old) => ({
      ...old,
      secrets: old.secrets.filter(({ id }) => id !== credentialId),
      certificates: old.certificates.filter(({ id }) => id !== credentialId),
    })),
  addFederated: async (place, credential) => {
    let isNew = false;
    change(place, (old) => {
      isNew = old.federatedCredentials.every(({ name }) => name !== credential.name);
      return isNew ? { ...old, federatedCredentials: [...old.federatedCredentials, credential] } : old;
    });
    return isNew;
  },
  updateFederated: async (place, credential) =>
    change(place, (old) => ({
      ...old,
      federatedCredentials: old.federatedCredentials.map((each) => (each.id === credential.id ? credential : each)),
    })),
  removeFederated: async (place, credentialId) =>
    change(place, (old) => ({
      ...old,
      federatedCredentials: old.federatedCredentials.filter(({ id }) => id !== credentialId),
    })),
  listEnding: async () => [],
});
