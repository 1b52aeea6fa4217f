import { hashPassword, newPassword, type Tenant, type User } from '@holdfast/directory';
import { type Clock, newUuid, type Random } from '@holdfast/kernel';

/** A tenant's first person. The password is in the answer and nowhere else. */
export const newAdministrator = async (
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  tenant: Tenant,
): Promise<{ administrator: User; password: string }> => {
  const password = newPassword(random);
  const now = clock.now();
  const administrator: User = {
    id: newUuid(random),
    tenantId: tenant.id,
    userPrincipalName: `admin@${tenant.defaultDomain}`,
    displayName: 'Administrator',
    profile: { mailNickname: 'admin' },
    passwordHash: await hashPassword(password, random),
    mustChangePassword: false,
    passwordChangedAt: now,
    enabled: true,
    totp: undefined,
    external: undefined,
    tokensValidFrom: now,
    createdAt: now,
  };
  return { administrator, password };
};
