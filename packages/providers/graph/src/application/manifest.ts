import { armError } from '@holdfast/arm';
import type { ApplicationPatch } from '@holdfast/contracts';
import type { Application } from '@holdfast/directory';

type Manifest = Application['manifest'];

/** What is kept of a registration without being read, with what it is where nobody said anything. */
const defaults = {
  addIns: [],
  api: {
    acceptMappedClaims: null,
    knownClientApplications: [],
    oauth2PermissionScopes: [],
    preAuthorizedApplications: [],
    requestedAccessTokenVersion: null,
  },
  appRoles: [],
  defaultRedirectUri: null,
  description: null,
  groupMembershipClaims: null,
  info: { logoUrl: null, marketingUrl: null, privacyStatementUrl: null, supportUrl: null, termsOfServiceUrl: null },
  isDeviceOnlyAuthSupported: null,
  notes: null,
  optionalClaims: null,
  parentalControlSettings: { countriesBlockedForMinors: [], legalAgeGroupRule: 'Allow' },
  requiredResourceAccess: [],
  samlMetadataUrl: null,
  serviceManagementReference: null,
  signInAudience: 'AzureADMyOrg',
  tags: [],
} as const satisfies Partial<Record<keyof ApplicationPatch, unknown>>;

const webDefaults = {
  homePageUrl: null,
  implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
  logoutUrl: null,
  redirectUriSettings: [],
} as const;

const names = Object.keys(defaults) as readonly (keyof typeof defaults)[];
const largest = 64 * 1024;

/** The manifest after a change: parts of a part that are absent stay (OData 4.01 section 11.4.3). */
export const patchManifest = (manifest: Manifest, body: ApplicationPatch): Manifest => {
  const changed = names.filter((name) => body[name] !== undefined);
  const { redirectUris: _, ...web } = body.web ?? {};
  const patched = {
    ...manifest,
    ...Object.fromEntries(changed.map((name) => [name, merged(manifest[name], body[name])])),
    ...(Object.keys(web).length > 0 && { web: merged(manifest['web'], web) }),
  };
  if (JSON.stringify(patched).length <= largest) return patched;
  throw armError('DirectoryBadRequest', {
    detail: `The properties of an application can take ${largest} bytes at most.`,
  });
};

const merged = (old: unknown, given: unknown): unknown =>
  isPlain(old) && isPlain(given) ? { ...old, ...given } : given;

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The manifest with what it does not say. */
export const manifestToWire = (manifest: Manifest) =>
  Object.fromEntries(names.map((name) => [name, withDefaults(defaults[name], manifest[name])]));

export const webToWire = (manifest: Manifest) =>
  withDefaults(webDefaults, manifest['web']) as Readonly<Record<string, unknown>>;

const withDefaults = (usual: unknown, given: unknown): unknown =>
  given === undefined ? usual : isPlain(usual) && isPlain(given) ? { ...usual, ...given } : given;
