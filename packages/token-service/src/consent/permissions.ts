import { bareName, graphAppId, managementAppId, type RequestedResource } from '../dialect/requested-resource.ts';

/** What a program can be allowed to do in a person's name. */
export interface Permission {
  readonly name: string;
  /** In the words of the consent page: "it may …". */
  readonly description: string;
  /** Whether only an administrator can allow it. */
  readonly adminOnly: boolean;
}

const permission = (name: string, description: string, adminOnly: boolean): Permission => ({
  name,
  description,
  adminOnly,
});

/** The directory API's permissions; those that reach beyond the person are for administrators to give. */
const graphPermissions: readonly Permission[] = [
  permission('User.Read', 'read your profile', false),
  permission('User.ReadBasic.All', 'read the basic profiles of all people', false),
  permission('User.Read.All', 'read the full profiles of all people', true),
  permission('User.ReadWrite.All', 'change the profiles of all people', true),
  permission('Group.Read.All', 'read all groups', true),
  permission('Group.ReadWrite.All', 'change all groups', true),
  permission('Application.Read.All', 'read all applications', true),
  permission('Application.ReadWrite.All', 'change all applications', true),
  permission('Directory.Read.All', 'read the whole directory', true),
  permission('Directory.ReadWrite.All', 'change the directory', true),
  permission('Directory.AccessAsUser.All', 'do everything in the directory that you can do', true),
  permission('AuditLog.Read.All', 'read the sign-in log', true),
  permission('Policy.Read.All', 'read conditional access policies', true),
  permission('Policy.ReadWrite.ConditionalAccess', 'change conditional access policies', true),
];

/** The resource manager's only permission: the person's own grants decide the rest. */
const managementPermissions: readonly Permission[] = [
  permission('user_impersonation', 'manage servers and resources with your rights', false),
];

/** A permission of a resource by the name a request gave; undefined when the resource has none of that name. */
export const findPermission = (resource: RequestedResource, name: string): Permission | undefined => {
  const known = knownPermissions(resource);
  const found = known.find((each) => each.name.toLowerCase() === name.toLowerCase());
  // The scopes of an application's own API are the application's to define.
  return found ?? (known.length > 0 ? undefined : permission(name, `use '${name}' of ${resource.audience}`, false));
};

/** What `.default` asks for where nothing was consented to yet. */
export const defaultPermissions = ({ isGraph, isManagement }: RequestedResource): readonly string[] => [
  ...(isGraph ? ['User.Read'] : []),
  ...(isManagement || !isGraph ? ['user_impersonation'] : []),
];

/** Under which name consents to a permission are kept: the resource that has it, however it was spelled. */
export const consentResource = (resource: RequestedResource, permissionName: string): string => {
  if (resource.isGraph && graphPermissions.some(({ name }) => name === permissionName)) return graphAppId;
  return resource.isManagement ? managementAppId : bareName(resource.audience);
};

/** All names under which consents for a resource are kept. */
export const consentResources = ({ audience, isGraph, isManagement }: RequestedResource): readonly string[] => {
  const own = [...(isGraph ? [graphAppId] : []), ...(isManagement ? [managementAppId] : [])];
  return own.length > 0 ? own : [bareName(audience)];
};

const knownPermissions = ({ isGraph, isManagement }: RequestedResource): readonly Permission[] => [
  ...(isGraph ? graphPermissions : []),
  ...(isManagement ? managementPermissions : []),
];
