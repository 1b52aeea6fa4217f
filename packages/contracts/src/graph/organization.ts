import { operation } from '../operation.ts';
import { reads } from './operations.ts';

const read = 'microsoft.directory/organization/read';

/** The tenant itself. */
export const organizationOperations = {
  Organization_List: operation({ id: 'Organization_List', ...reads, path: '/v1.0/organization', action: read }),
  Organization_Get: operation({ id: 'Organization_Get', ...reads, path: '/v1.0/organization/{id}', action: read }),
  Domains_List: operation({ id: 'Domains_List', ...reads, path: '/v1.0/domains', action: read }),
  Domains_Get: operation({ id: 'Domains_Get', ...reads, path: '/v1.0/domains/{id}', action: read }),
} as const;
