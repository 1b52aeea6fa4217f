import { operation } from '../operation.ts';
import { reads } from './operations.ts';

export const reportOperations = {
  CredentialActivities_List: operation({
    id: 'CredentialActivities_List',
    ...reads,
    path: '/v1.0/reports/appCredentialSignInActivities',
    action: 'microsoft.directory/applications/read',
  }),
} as const;
