import { operation } from '../operation.ts';

/** The cloud's description of itself; anonymous, because clients read it before they can sign in. */
export const metadataOperations = {
  Metadata_Endpoints: operation({
    id: 'Metadata_Endpoints',
    method: 'GET',
    path: '/metadata/endpoints',
    access: 'anonymous',
    versions: {
      oldest: '2015-01-01',
      listed: ['2015-01-01', '2018-01-01', '2020-06-01', '2022-09-01'],
      aliases: { '1.0': '2015-01-01' },
    },
    effect: 'read',
  }),
} as const;
