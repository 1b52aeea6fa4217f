// Lists the servers of a Holdfast control plane with the Azure SDK.
//
//   npm install @azure/identity @azure/arm-hybridcompute
//   NODE_EXTRA_CA_CERTS=DATA/tls/ca.pem node list-machines.mjs DATA/bootstrap.json
//
// DATA is the control plane's data folder. Its private authority must be trusted when Node starts.
import { readFileSync } from 'node:fs';
import { HybridComputeManagementClient } from '@azure/arm-hybridcompute';
import { ClientSecretCredential } from '@azure/identity';

const [bootstrapFile] = process.argv.slice(2);
if (bootstrapFile === undefined) {
  console.error('usage: node list-machines.mjs DATA/bootstrap.json');
  process.exit(2);
}
const { endpoint, tenantId, subscriptionId, automation } = JSON.parse(readFileSync(bootstrapFile, 'utf8'));

// A private cloud: its own authority, and no look-up of that authority at Microsoft's.
const credential = new ClientSecretCredential(tenantId, automation.clientId, automation.clientSecret, {
  authorityHost: endpoint,
  disableInstanceDiscovery: true,
});
const client = new HybridComputeManagementClient(credential, subscriptionId, {
  endpoint,
  credentialScopes: [`${endpoint}/.default`],
});

const rows = [];
for await (const { name, properties } of client.machines.listBySubscription()) {
  const { status, osSku, detectedProperties } = properties;
  rows.push({
    Machine: name,
    Status: status,
    'Operating system': osSku ?? '',
    Cores: Number(detectedProperties?.logicalCoreCount ?? 0),
    'Memory (GiB)': Number(detectedProperties?.totalPhysicalMemoryInGigabytes ?? 0),
  });
}
if (rows.length === 0) console.log('No server is connected yet.');
else console.table(rows);
