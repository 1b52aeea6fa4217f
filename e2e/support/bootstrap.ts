import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** What a first start leaves for scripts. */
export interface Bootstrap {
  readonly endpoint: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly admin: { readonly username: string; readonly password: string };
  readonly automation: { readonly clientId: string; readonly clientSecret: string };
}

export const readBootstrap = (file: string): Bootstrap => JSON.parse(readFileSync(file, 'utf8')) as Bootstrap;

/** Does for this process what NODE_EXTRA_CA_CERTS does for one that is started with it: clients stay unmodified. */
export const trust = (caFile: string): void =>
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(caFile, 'utf8')]);
