import type { ServicePrincipal } from '@holdfast/directory';
import { findOwnApi } from '../service-principal/first-party.ts';

/** What consents to a resource's permissions are kept under: for an API of ours its id, else its first name. */
export const resourceNameOf = ({ appId, identifierUris }: ServicePrincipal): string =>
  findOwnApi(appId)?.appId ?? (identifierUris[0] ?? appId).replace(/\/+$/, '').toLowerCase();
