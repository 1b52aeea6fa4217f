import type { FederatedCredential } from '@holdfast/directory';
import { newUuid, type Random } from '@holdfast/kernel';
import { ConfigError } from '../../config/config-error.ts';

/** What other issuers' tokens are for when nothing else was agreed; Azure's, because their guides say so. */
const usualAudience = 'api://AzureADTokenExchange';

/** Reads `issuer,subject,audience`. Subjects may hold commas, issuers and audiences do not. */
export const federatedFrom = (text: string, random: Random): FederatedCredential => {
  const [issuer = '', ...rest] = text.split(',');
  const audience = rest.length > 1 ? rest.pop() : usualAudience;
  const subject = rest.join(',');
  const isIssuer = URL.canParse(issuer) && new URL(issuer).protocol === 'https:';
  if (!isIssuer || subject === '' || audience === undefined || audience === '')
    throw new ConfigError(`--federated must be ISSUER,SUBJECT,AUDIENCE with an https issuer, not '${text}'`);
  return {
    id: newUuid(random),
    name: 'first',
    description: undefined,
    issuer,
    subject,
    audiences: [audience],
    lastUsedAt: undefined,
  };
};
