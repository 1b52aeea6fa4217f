import type { Tenant, TenantPolicy } from '@holdfast/directory';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';
import { described } from './list-tenants.ts';

export type SetTenantOptions = { readonly [Key in keyof TenantPolicy]?: 'true' | 'false' };

/** Changes what is named and prints the tenant as it is then; in force everywhere within ten seconds. */
export const setTenant = async (tools: Administration, options: SetTenantOptions): Promise<void> => {
  const { stores, tenant, print } = tools;
  const { usersMayRegisterApplications, usersMayConsent } = options;
  if (usersMayRegisterApplications === undefined && usersMayConsent === undefined)
    throw new ConfigError('tell what to set: --users-may-register-applications or --users-may-consent');
  const changed: Tenant = {
    ...tenant,
    policy: {
      ...tenant.policy,
      ...(usersMayRegisterApplications && { usersMayRegisterApplications: usersMayRegisterApplications === 'true' }),
      ...(usersMayConsent && { usersMayConsent: usersMayConsent === 'true' }),
    },
  };
  await stores.directoryWriter.updateTenant(changed);
  print(described(changed));
};
