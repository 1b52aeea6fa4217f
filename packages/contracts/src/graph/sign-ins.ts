import { operation } from '../operation.ts';
import { reads } from './operations.ts';

const read = 'microsoft.directory/signInReports/read';

export const signInOperations = {
  SignIns_List: operation({ id: 'SignIns_List', ...reads, path: '/v1.0/auditLogs/signIns', action: read }),
  SignIns_Get: operation({ id: 'SignIns_Get', ...reads, path: '/v1.0/auditLogs/signIns/{id}', action: read }),
} as const;
