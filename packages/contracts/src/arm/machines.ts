import { Type } from 'typebox';
import { operation } from '../operation.ts';

const versions = {
  resourceType: 'Microsoft.HybridCompute/machines',
  oldest: '2019-03-18',
  listed: [
    '2021-05-20',
    '2022-03-10',
    '2022-11-10',
    '2022-12-27',
    '2023-10-03-preview',
    '2024-03-31-preview',
    '2024-05-20-preview',
    '2024-07-10',
    '2024-07-31-preview',
    '2024-09-10-preview',
    '2024-11-10-preview',
    '2025-01-13',
    '2025-02-19-preview',
    '2025-06-01',
    '2025-08-21-preview',
    '2025-09-16-preview',
    '2026-06-16-preview',
    '2026-07-15',
  ],
} as const;

const group = '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}';
const machines = `${group}/providers/Microsoft.HybridCompute/machines` as const;
const one = `${machines}/{machineName}` as const;

const text = Type.String();
const tags = Type.Record(Type.String(), text);
const identity = Type.Object({ type: text });
const patchSettings = Type.Object({
  assessmentMode: Type.Optional(text),
  patchMode: Type.Optional(text),
  enableHotpatching: Type.Optional(Type.Boolean()),
});
const osConfiguration = Type.Object({ patchSettings: Type.Optional(patchSettings) });

/** What a client may set on a machine. Everything else in a body is the agent's or the server's and is left as it is. */
const settable = {
  locationData: Type.Optional(
    Type.Object({
      name: Type.String({ maxLength: 256 }),
      city: Type.Optional(text),
      district: Type.Optional(text),
      countryOrRegion: Type.Optional(text),
    }),
  ),
  osProfile: Type.Optional(
    Type.Object({
      windowsConfiguration: Type.Optional(osConfiguration),
      linuxConfiguration: Type.Optional(osConfiguration),
    }),
  ),
  agentUpgrade: Type.Optional(
    Type.Object({
      desiredVersion: Type.Optional(text),
      correlationId: Type.Optional(text),
      enableAutomaticUpgrade: Type.Optional(Type.Boolean()),
    }),
  ),
  parentClusterResourceId: Type.Optional(text),
  privateLinkScopeResourceId: Type.Optional(text),
  hardwareResourceId: Type.Optional(text),
  identityKeyStore: Type.Optional(text),
  tpmEkCertificate: Type.Optional(text),
};

export const machineBody = Type.Object({
  location: Type.Optional(text),
  tags: Type.Optional(tags),
  identity: Type.Optional(identity),
  kind: Type.Optional(text),
  properties: Type.Optional(
    Type.Object({
      ...settable,
      vmId: Type.Optional(text),
      /** Base64 of the DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) of the machine's P-256 identity key. */
      clientPublicKey: Type.Optional(Type.String({ maxLength: 4096 })),
    }),
  ),
});

export const machinePatchBody = Type.Object({
  tags: Type.Optional(tags),
  identity: Type.Optional(identity),
  kind: Type.Optional(text),
  properties: Type.Optional(Type.Object(settable)),
});

export const machineOperations = {
  Machines_ListBySubscription: operation({
    id: 'Machines_ListBySubscription',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.HybridCompute/machines',
    scope: '/subscriptions/{subscriptionId}',
    access: 'filtered',
    action: 'Microsoft.HybridCompute/machines/read',
    versions,
    effect: 'read',
  }),
  Machines_ListByResourceGroup: operation({
    id: 'Machines_ListByResourceGroup',
    method: 'GET',
    path: machines,
    scope: group,
    access: 'filtered',
    action: 'Microsoft.HybridCompute/machines/read',
    versions,
    effect: 'read',
  }),
  Machines_Get: operation({
    id: 'Machines_Get',
    method: 'GET',
    path: one,
    access: 'authorized',
    action: 'Microsoft.HybridCompute/machines/read',
    versions,
    effect: 'read',
  }),
  Machines_CreateOrUpdate: operation({
    id: 'Machines_CreateOrUpdate',
    method: 'PUT',
    path: one,
    access: 'authorized',
    action: 'Microsoft.HybridCompute/machines/write',
    versions,
    body: machineBody,
    effect: 'write',
  }),
  Machines_Update: operation({
    id: 'Machines_Update',
    method: 'PATCH',
    path: one,
    access: 'authorized',
    action: 'Microsoft.HybridCompute/machines/write',
    versions,
    body: machinePatchBody,
    effect: 'write',
  }),
  Machines_Delete: operation({
    id: 'Machines_Delete',
    method: 'DELETE',
    path: one,
    access: 'authorized',
    action: 'Microsoft.HybridCompute/machines/delete',
    versions,
    effect: 'write',
  }),
  HybridComputeOperations_GetStatus: operation({
    id: 'HybridComputeOperations_GetStatus',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.HybridCompute/locations/{location}/operationstatus/{operationId}',
    access: 'signed-in',
    versions,
    effect: 'read',
  }),
  HybridComputeOperations_GetResult: operation({
    id: 'HybridComputeOperations_GetResult',
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.HybridCompute/locations/{location}/operationresults/{operationId}',
    access: 'signed-in',
    versions,
    effect: 'read',
  }),
} as const;
