import { type Static, Type } from 'typebox';
import { operation } from '../operation.ts';
import { keyCredentials, passwordCredentialBody, removePasswordBody } from './credentials.ts';
import { displayName, known, nullable, opaque, reference, texts } from './fields.ts';
import { creates, deletes, reads, updates } from './operations.ts';

const all = '/v1.0/applications';
const one = `${all}/{id}` as const;
const owned = { ownedBy: 'application' } as const;
const read = 'microsoft.directory/applications/read';
const changeCredentials = 'microsoft.directory/applications/credentials/update';
const changeOwners = 'microsoft.directory/applications/owners/update';

const redirects = { redirectUris: Type.Optional(texts) };

const settable = {
  identifierUris: Type.Optional(texts),
  isFallbackPublicClient: Type.Optional(Type.Unsafe<boolean | null>({ type: ['boolean', 'null'] })),
  web: Type.Optional(
    known({
      ...redirects,
      homePageUrl: nullable({ maxLength: 2048 }),
      logoutUrl: nullable({ maxLength: 2048 }),
      implicitGrantSettings: opaque,
      redirectUriSettings: opaque,
    }),
  ),
  spa: Type.Optional(known(redirects)),
  publicClient: Type.Optional(known(redirects)),
  keyCredentials: Type.Optional(keyCredentials),
  // What follows is kept for the application's owner and decides nothing here.
  addIns: opaque,
  api: opaque,
  appRoles: Type.Optional(Type.Array(Type.Unknown())),
  defaultRedirectUri: nullable({ maxLength: 2048 }),
  description: nullable({ maxLength: 1024 }),
  groupMembershipClaims: nullable({ maxLength: 256 }),
  info: opaque,
  isDeviceOnlyAuthSupported: opaque,
  notes: nullable({ maxLength: 1024 }),
  optionalClaims: opaque,
  parentalControlSettings: opaque,
  requiredResourceAccess: Type.Optional(Type.Array(Type.Unknown())),
  samlMetadataUrl: nullable({ maxLength: 2048 }),
  serviceManagementReference: nullable({ maxLength: 256 }),
  signInAudience: nullable({ maxLength: 64 }),
  tags: Type.Optional(texts),
};

export const applicationBody = known({ displayName, ...settable });
export const applicationPatchBody = known({ displayName: Type.Optional(displayName), ...settable });
export type ApplicationPatch = Static<typeof applicationPatchBody>;

const federatedName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$' });
const federatedText = Type.String({ minLength: 1, maxLength: 600 });
const federatedParts = {
  issuer: federatedText,
  subject: federatedText,
  audiences: Type.Array(federatedText, { minItems: 1, maxItems: 10 }),
  description: nullable({ maxLength: 600 }),
};
export const federatedCredentialBody = known({ name: federatedName, ...federatedParts });
export const federatedCredentialPatchBody = known({
  name: Type.Optional(federatedName),
  issuer: Type.Optional(federatedText),
  subject: Type.Optional(federatedText),
  audiences: Type.Optional(federatedParts.audiences),
  description: federatedParts.description,
});

export const applicationOperations = {
  Applications_List: operation({ id: 'Applications_List', ...reads, path: all, action: read }),
  Applications_Create: operation({
    id: 'Applications_Create',
    ...creates,
    path: all,
    action: 'microsoft.directory/applications/create',
    body: applicationBody,
  }),
  Applications_Get: operation({ id: 'Applications_Get', ...reads, ...owned, path: one, action: read }),
  Applications_Update: operation({
    id: 'Applications_Update',
    ...updates,
    ...owned,
    path: one,
    action: 'microsoft.directory/applications/update',
    body: applicationPatchBody,
  }),
  Applications_Delete: operation({
    id: 'Applications_Delete',
    ...deletes,
    ...owned,
    path: one,
    action: 'microsoft.directory/applications/delete',
  }),
  Applications_AddPassword: operation({
    id: 'Applications_AddPassword',
    ...creates,
    ...owned,
    path: `${one}/addPassword`,
    action: changeCredentials,
    body: passwordCredentialBody,
  }),
  Applications_RemovePassword: operation({
    id: 'Applications_RemovePassword',
    ...creates,
    ...owned,
    path: `${one}/removePassword`,
    action: changeCredentials,
    body: removePasswordBody,
  }),
  Applications_ListOwners: operation({
    id: 'Applications_ListOwners',
    ...reads,
    ...owned,
    path: `${one}/owners`,
    action: read,
  }),
  Applications_AddOwner: operation({
    id: 'Applications_AddOwner',
    ...creates,
    ...owned,
    path: `${one}/owners/$ref`,
    action: changeOwners,
    body: reference,
  }),
  Applications_RemoveOwner: operation({
    id: 'Applications_RemoveOwner',
    ...deletes,
    ...owned,
    path: `${one}/owners/{ownerId}/$ref`,
    action: changeOwners,
  }),
} as const;

const federated = `${one}/federatedIdentityCredentials` as const;

export const federatedCredentialOperations = {
  FederatedCredentials_List: operation({
    id: 'FederatedCredentials_List',
    ...reads,
    ...owned,
    path: federated,
    action: read,
  }),
  FederatedCredentials_Create: operation({
    id: 'FederatedCredentials_Create',
    ...creates,
    ...owned,
    path: federated,
    action: changeCredentials,
    body: federatedCredentialBody,
  }),
  FederatedCredentials_Get: operation({
    id: 'FederatedCredentials_Get',
    ...reads,
    ...owned,
    path: `${federated}/{credential}`,
    action: read,
  }),
  FederatedCredentials_Update: operation({
    id: 'FederatedCredentials_Update',
    ...updates,
    ...owned,
    path: `${federated}/{credential}`,
    action: changeCredentials,
    body: federatedCredentialPatchBody,
  }),
  FederatedCredentials_Delete: operation({
    id: 'FederatedCredentials_Delete',
    ...deletes,
    ...owned,
    path: `${federated}/{credential}`,
    action: changeCredentials,
  }),
} as const;
