import { type ApiVersion, formatResourceId, isSince } from '@holdfast/arm';
import { type Machine, resourceType } from './machine.ts';
import { type StatusPolicy, type StatusReport, statusOf } from './machine-status.ts';
import { reportedProperties } from './reported-properties.ts';

export interface WireOptions {
  readonly apiVersion: ApiVersion;
  readonly policy: StatusPolicy;
  readonly now: Date;
}

/** The first api-version with each property; the others are in all of them. */
const since = Object.entries({
  osType: '2022-03-10',
  cloudMetadata: '2022-03-10',
  mssqlDiscovered: '2022-03-10',
  agentUpgrade: '2022-12-27',
  osEdition: '2024-07-10',
  networkProfile: '2024-07-10',
  hardwareProfile: '2024-07-31',
  storageProfile: '2024-07-31',
  firmwareProfile: '2024-07-31',
  identityKeyStore: '2025-01-13',
  tpmEkCertificate: '2025-01-13',
  hardwareResourceId: '2025-06-01',
  statusReason: '2026-06-16',
});

export const machineToWire = (machine: Machine, options: WireOptions) => ({
  id: formatResourceId(machine.id),
  name: machine.id.name.text,
  type: resourceType,
  location: machine.location,
  tags: machine.tags,
  ...(machine.kind !== undefined && isSince(options.apiVersion, '2024-07-10') && { kind: machine.kind }),
  identity: {
    type: 'SystemAssigned',
    principalId: machine.identity.principalId,
    tenantId: machine.tenantId,
  },
  properties: known(options.apiVersion, propertiesOf(machine, options)),
  ...(isSince(options.apiVersion, '2022-11-10') && { resources: [] }),
  systemData: systemDataOf(machine),
});

/** Without what the version does not know. JSON leaves out what is undefined, so nothing is copied for a long page. */
const known = (version: ApiVersion, properties: Record<string, unknown>): Record<string, unknown> => {
  for (const [name, first] of since) {
    if (!isSince(version, first)) properties[name] = undefined;
  }
  return properties;
};

const propertiesOf = (machine: Machine, { apiVersion, policy, now }: WireOptions): Record<string, unknown> => {
  const { settings, facts, key, liveness, vmId } = machine;
  const report = statusOf(liveness, policy, now);
  return {
    provisioningState: 'Succeeded',
    status: wireStatus(report, apiVersion),
    statusReason: liveness.clone && 'Cloned',
    lastStatusChange: report.changedAt?.toISOString(),
    errorDetails: errorDetails(machine),
    agentVersion: liveness.agentVersion,
    vmId,
    clientPublicKey: key?.publicKey,
    locationData: settings.locationData,
    agentUpgrade: settings.agentUpgrade,
    parentClusterResourceId: settings.parentClusterResourceId,
    privateLinkScopeResourceId: settings.privateLinkScopeResourceId,
    hardwareResourceId: settings.hardwareResourceId,
    identityKeyStore: settings.identityKeyStore ?? 'Default',
    tpmEkCertificate: settings.tpmEkCertificate,
    ...(facts === undefined ? { osProfile: settings.osProfile } : reportedProperties(facts, settings, apiVersion)),
  };
};

/** Versions before 2025-06-01 have no word for a machine that is still to connect. */
const wireStatus = ({ status }: StatusReport, version: ApiVersion): string =>
  status === 'AwaitingConnection' && !isSince(version, '2025-06-01') ? 'Disconnected' : status;

const errorDetails = ({ liveness: { clone } }: Machine) => {
  if (clone === undefined) return [];
  const [first, second] = clone.copies.map(({ hostName, bootId }) => `${hostName} (boot ${bootId})`);
  const message = `Two copies of this machine's identity have been heard since ${clone.since.toISOString()}, last at ${clone.lastSeenAt.toISOString()}: ${first} and ${second}. On the copy, run azcmagent disconnect --force-local-only and connect it under a name of its own.`;
  return [{ code: 'CloneSuspected', message }];
};

const systemDataOf = ({ systemData }: Machine) => ({
  createdBy: systemData.createdBy,
  createdByType: systemData.createdByType,
  createdAt: systemData.createdAt.toISOString(),
  lastModifiedBy: systemData.lastModifiedBy,
  lastModifiedByType: systemData.lastModifiedByType,
  lastModifiedAt: systemData.lastModifiedAt.toISOString(),
});
