import { type GroupId, locationOf, nameOf, type SubscriptionId } from '@holdfast/arm';
import { createAuthority } from '@holdfast/certificate-authority';
import {
  defaultTenantPolicy,
  type NewServicePrincipal,
  newClientSecret,
  noRedirectUris,
  type Tenant,
  type User,
} from '@holdfast/directory';
import { addMs, type Clock, days, newUuid, type Random, type Uuid } from '@holdfast/kernel';
import type { ResourceGroup, Subscription } from '@holdfast/provider-resources';
import type { Sealer } from '@holdfast/sealing';
import type { StoredAuthority } from '@holdfast/store-postgres';
import { newSigningKey, type StoredSigningKey } from '@holdfast/token-service';
import { newAdministrator } from './new-administrator.ts';

/** What scripts read to find and use a fresh server. Written once, with the only copy of its two secrets. */
export interface Bootstrap {
  readonly endpoint: string;
  readonly caFile: string;
  readonly tenantId: Uuid;
  readonly subscriptionId: SubscriptionId;
  readonly resourceGroup: string;
  readonly location: string;
  readonly admin: { readonly username: string; readonly password: string };
  readonly automation: { readonly clientId: Uuid; readonly clientSecret: string };
}

/** Everything a control plane begins with. */
export interface FirstTenant {
  readonly tenant: Tenant;
  readonly signingKey: StoredSigningKey;
  readonly authority: StoredAuthority;
  readonly subscription: Subscription;
  readonly group: ResourceGroup;
  readonly administrator: User;
  readonly automation: NewServicePrincipal;
}

export interface FirstTenantNeeds {
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
  readonly endpoint: string;
  readonly caFile: string;
  readonly location: string;
}

/** Reserved for private use, so it is nobody's on the Internet. */
const domain = 'holdfast.internal';
/** What the automation principal's first secret lives. */
const secretDays = 365;
const authorityDays = 3650;
/** What the authority of machine identities is sealed under. */
export const authorityLabel = 'machine-authority';

/** Plans the first tenant whole, so that its secrets can be kept before it exists. */
export const planFirstTenant = async (
  needs: FirstTenantNeeds,
): Promise<{ first: FirstTenant; bootstrap: Bootstrap }> => {
  const { clock, random, sealer } = needs;
  const now = clock.now();
  const tenant = { id: newUuid(random), displayName: 'Holdfast', defaultDomain: domain, policy: defaultTenantPolicy };
  const { administrator, password } = await newAdministrator(needs, tenant);
  const { automation, secret } = newAutomation(needs, tenant);
  const { subscription, group } = newPlaces(needs, tenant);
  const signingKey = await newSigningKey({ tenantId: tenant.id, sealer, now });
  const authority = await newAuthority(needs);
  return {
    first: { tenant, signingKey, authority, subscription, group, administrator, automation },
    bootstrap: {
      endpoint: needs.endpoint,
      caFile: needs.caFile,
      tenantId: tenant.id,
      subscriptionId: subscription.id,
      resourceGroup: group.id.group.text,
      location: group.location,
      admin: { username: administrator.userPrincipalName, password },
      automation: { clientId: automation.appId, clientSecret: secret },
    },
  };
};

const newAutomation = ({ clock, random }: FirstTenantNeeds, tenant: Tenant) => {
  const now = clock.now();
  const { secret, record } = newClientSecret({
    now,
    random,
    displayName: 'first start',
    endsAt: addMs(now, days(secretDays)),
  });
  const automation: NewServicePrincipal = {
    tenantId: tenant.id,
    applicationObjectId: newUuid(random),
    appId: newUuid(random),
    objectId: newUuid(random),
    displayName: 'Automation',
    enabled: true,
    kind: 'Application',
    secrets: [record],
    certificates: [],
    federatedCredentials: [],
    redirectUris: noRedirectUris,
    isFallbackPublicClient: false,
    roles: [],
    createdAt: now,
  };
  return { automation, secret };
};

const newPlaces = ({ clock, random, location }: FirstTenantNeeds, tenant: Tenant) => {
  const now = clock.now();
  const tenantId = tenant.id;
  const subscriptionId = newUuid(random) as SubscriptionId;
  const id: GroupId = { subscriptionId, group: nameOf('servers') };
  const subscription: Subscription = {
    id: subscriptionId,
    tenantId,
    displayName: 'Servers',
    state: 'Enabled',
    createdAt: now,
  };
  const times = { createdAt: now, changedAt: now };
  const group: ResourceGroup = {
    tenantId,
    id,
    location: locationOf(location),
    tags: {},
    managedBy: undefined,
    ...times,
    version: 1,
  };
  return { subscription, group };
};

const newAuthority = async ({ clock, random, sealer }: FirstTenantNeeds): Promise<StoredAuthority> => {
  const subject = 'Holdfast machine identities';
  const made = await createAuthority({ subject, clock, random, validityDays: authorityDays });
  const sealedPrivateKey = sealer.seal(made.privateKeyPkcs8, authorityLabel);
  return { certificatePem: made.certificatePem, sealedPrivateKey, notAfter: addMs(clock.now(), days(authorityDays)) };
};
