import { armError } from '@holdfast/arm';
import type { Tenant } from '@holdfast/directory';

/** What a person types to sign in: `name@domain`, in the tenant's own domain, as it was given. */
export const checkUserName = (userPrincipalName: string, tenant: Tenant): string => {
  const [, local, domain] = /^([^@]*)@([^@]*)$/.exec(userPrincipalName) ?? [];
  if (domain?.toLowerCase() !== tenant.defaultDomain)
    throw armError('DirectoryBadRequest', {
      detail:
        'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.',
    });
  if (/^[A-Za-z0-9](?:[A-Za-z0-9.'_!#^~-]{0,62}[A-Za-z0-9_!#^~'-])?$/.test(local ?? '')) return userPrincipalName;
  throw armError('DirectoryBadRequest', {
    detail:
      "Property userPrincipalName is invalid: before the @ it takes 1 to 64 of A-Z, a-z, 0-9 and . ' _ - ! # ^ ~, the first a letter or digit, the last no full stop.",
  });
};
